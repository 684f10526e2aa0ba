import markdownIt from "markdown-it";
import footnote from "markdown-it-footnote";
import abbr from "markdown-it-abbr";

export default function (cfg) {
  cfg.setLibrary("md", markdownIt({ html: true }).use(footnote).use(abbr));
  cfg.addPassthroughCopy("style.css");
  return { dir: { input: ".", includes: "_includes", output: "_site" }, markdownTemplateEngine: false };
}
