// fetch('not this')
fetch('https://fox.test/count');
