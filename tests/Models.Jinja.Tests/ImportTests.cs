namespace Models.Jinja.Tests;

/// <summary>Templates that use others: import, include, extends.</summary>
public sealed class ImportTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["m"] = "{% macro a(x) %}[{{ x }}{{ y }}]{% endmacro %}{% set v = 7 %}{% set _p = 8 %}text",
        ["inc"] = "({{ y }})",
        ["loopinc"] = "{{ item }}",
        ["base"] = "<{% block title %}base{% endblock %}|{% block body %}{{ x }}{% endblock %}>",
        ["child"] = "{% extends 'base' %}{% set x = 5 %}{% block title %}child {{ super() }}{% endblock %}ignored",
        ["bad"] = "{% if %}",
    };

    /// <summary>Template, variables as JSON, expected text.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "{% import 'm' as m %}{{ m.a(1) }}{{ m.v }}", "{}", "[1]7" },
        { "{% import 'm' as m %}{{ m._p }}", "{}", "" },
        { "{% import 'm' as m with context %}{{ m.a(1) }}", "{\"y\": 2}", "[12]" },
        { "{% import 'm' as m %}{{ m.a(1) }}", "{\"y\": 2}", "[1]" },
        { "{% from 'm' import a, v %}{{ a(1) }}{{ v }}", "{}", "[1]7" },
        { "{% from 'm' import a as b, v as w %}{{ b(1) }}{{ w }}", "{}", "[1]7" },
        { "{% from 'm' import a with context %}{{ a(1) }}", "{\"y\": 3}", "[13]" },
        { "{% from 'm' import nope %}{{ nope is defined }}", "{}", "False" },
        { "{% include 'inc' %}", "{\"y\": 1}", "(1)" },
        { "{% include 'inc' without context %}", "{\"y\": 1}", "()" },
        { "{% include 'nope' ignore missing %}x", "{}", "x" },
        { "{% include ['nope','inc'] %}", "{\"y\": 2}", "(2)" },
        { "{% for item in [1,2] %}{% include 'loopinc' %}{% endfor %}", "{}", "12" },
        { "{% set y = 4 %}{% include 'inc' %}", "{}", "(4)" },
        { "{% extends 'base' %}{% block body %}B{% endblock %}", "{}", "<base|B>" },
        { "{% extends 'child' %}{% block body %}{{ self.title() }}{% endblock %}", "{}", "<child base|child base>" },
        { "{% include 'child' %}", "{}", "<child base|5>" },
        { "{% import 'm' as m %}{{ m }}", "{}", "text" },
        { "{% extends 'base' %}{% block title %}{{ super() }}{{ super() }}{% endblock %}", "{}", "<basebase|>" },
        { "{% if true %}{% extends 'base' %}{% endif %}{% block title %}c{% endblock %}", "{}", "<c|>" },
        { "{% extends n %}", "{\"n\": \"base\"}", "<base|>" },
    };

    /// <summary>Template, the diagnostic with its place.</summary>
    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "{% from 'm' import _p %}", "t(1,20): error MDL2010" },
        { "{% include 'nope' %}", "t(1,1): error MDL2107" },
        { "{% include 'bad' %}", "bad(1,4): error MDL2005" },
        { "{% extends 'nope' %}", "t(1,1): error MDL2107" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_uses_another_as_in_Jinja(string template, string variables, string expected) =>
        Jinja.Text(template, variables, files: Files).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_template_that_cannot_be_used_is_reported(string template, string expected) =>
        Jinja.Mistake(template, files: Files).ToString().ShouldStartWith(expected);
}
