using Models.Contracts;
using Models.Diagnostics;

namespace Models.Compiler.Tests.Project;

/// <summary>Yaml that is nested without end, or becomes so, ends in a diagnostic.</summary>
public sealed class DeepYamlTests
{
    private static readonly string s_deep = new string('[', 100_000) + new string(']', 100_000);

    [Fact]
    public void Properties_are_nested_500_deep_at_most()
    {
        using var project = new TemporaryProject().Write("models/m.yml", $"a: {s_deep}");

        project.Diagnose().ShouldBe(["models/m.yml(1,504): error MDL1002: this is not valid yaml: values are nested more than 500 deep"]);
    }

    [Fact]
    public void A_contract_is_nested_200_deep_at_most()
    {
        var found = new DiagnosticBag();

        ContractReader.Read(new SourceText("c.yml", $"name: c\nfields: {s_deep}"), found).ShouldBeNull();

        found.ToSortedList().Select(d => d.ToString())
            .ShouldBe(["c.yml(2,208): error MDL6102: The contract is not valid yaml: values are nested more than 200 deep"]);
    }

    [Fact]
    public void Aliases_do_not_multiply_a_file_without_end()
    {
        var lines = Enumerable.Range(1, 9).Select(i => $"  a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        using var project = new TemporaryProject($"vars:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n{string.Join('\n', lines)}");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldEndWith("error MDL1002: this is not valid yaml: with its aliases written out, the file has more than 5000000 values");
    }

    [Theory]
    [InlineData("{% set l = {} %}{% do l.update({'a': l}) %}{{ toyaml(l) }}")]
    [InlineData("{% set l = [] %}{% do l.append(l) %}{{ config(meta={'a': l}) }}")]
    [InlineData("{% set l = [] %}{% do l.append(l) %}{{ config.set('meta', {'a': l}) }}")]
    public void A_value_that_holds_itself_is_not_written_out(string sql)
    {
        using var project = new TemporaryProject().Models(("m", sql + "select 1 as id"));

        var mistake = project.Diagnose() is { Count: > 0 } found
            ? found[0]
            : Should.Throw<DiagnosticException>(() => project.Compile("model.shop.m")).Diagnostic.ToString();

        mistake.ShouldContain("the value is nested more than 200 levels deep: does it contain itself?");
    }
}
