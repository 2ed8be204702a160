using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Parsing;

namespace Models.Jinja.Tests;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("{{ '<a>'|e }}", "&lt;a&gt;")]
    [InlineData("{{ '<a>'|escape|e }}", "&lt;a&gt;")]
    [InlineData("{{ '<a>'|safe|e }}", "<a>")]
    [InlineData("{{ '<a>'|safe }} {{ '<a>' }}", "<a> <a>")]
    [InlineData("{{ '<a>'|e|forceescape }}", "&amp;lt;a&amp;gt;")]
    [InlineData("{% set a = '<a>' %}{% set b = a|safe %}{{ a|e }} {{ b|e }}", "&lt;a&gt; <a>")]
    [InlineData("{{ '<a>' is escaped }} {{ '<a>'|safe is escaped }} {{ '<a>'|e is escaped }}", "False True True")]
    public void What_is_html_already_is_not_escaped_again(string template, string expected) => Jinja.Text(template).ShouldBe(expected);

    [Theory]
    [InlineData("{{ 'see ftp://x.org/a now'|urlize(extra_schemes=['ftp:']) }}", "see <a href=\"ftp://x.org/a\" rel=\"noopener\">ftp://x.org/a</a> now")]
    [InlineData("{{ 'tel:123 ftp://x'|urlize(extra_schemes=['tel:', 'ftp://']) }}",
        "<a href=\"tel:123\" rel=\"noopener\">tel:123</a> <a href=\"ftp://x\" rel=\"noopener\">ftp://x</a>")]
    [InlineData("{{ 'ftp://x'|urlize }}", "ftp://x")]
    public void Further_schemes_become_links(string template, string expected) => Jinja.Text(template).ShouldBe(expected);

    [Theory]
    [InlineData("{{ {'b': 1, 'a': [2]}|pprint }}", "{'a': [2], 'b': 1}")]
    [InlineData("{{ [('a' * 40), ('b' * 40)]|pprint }}", "['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb']")]
    [InlineData(
        "{{ {'key': [('a' * 40), ('b' * 40)], 'z': ('c' * 70,)}|pprint }}", "{'key': ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n         " +
        "'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'],\n 'z': ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',)}")]
    public void A_value_is_laid_out_as_python_does(string template, string expected) => Jinja.Text(template).ShouldBe(expected);

    [Theory]
    [InlineData("{% if false %}{{ 1|nofilter }}{{ 1 is notest }}{% endif %}a", "a")]
    [InlineData("{{ 'a' if true else 1|nofilter }}", "a")]
    [InlineData("{% if false and 1|nofilter %}{% endif %}a", "a")]
    public void An_unknown_filter_in_a_branch_matters_only_when_it_is_reached(string template, string expected) => Jinja.Text(template).ShouldBe(expected);

    [Theory]
    [InlineData("{% macro m() %}{{ 1|nofilter }}{% endmacro %}a", "MDL2109")]
    [InlineData("{% for i in [] %}{{ i is notest }}{% endfor %}", "MDL2110")]
    [InlineData("{{ false and 1|nofilter }}", "MDL2109")]
    public void An_unknown_filter_elsewhere_is_a_mistake_of_the_template(string template, string id)
    {
        var found = new DiagnosticBag();

        TemplateReader.Read(new SourceText("t.sql", template), found, TemplateSyntax.Jinja);

        found.ToSortedList().ShouldHaveSingleItem().Id.ShouldBe(id);
    }
}
