using Models.Database;
using Models.Engine;
using Models.Engine.Execution;
using Models.Project.Configuration;

namespace Models.Runner.Tests;

public sealed class SelectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leadline-test-").FullName;

    // a -> b -> d, c -> d -> e; f alone
    public SelectionTests()
    {
        Write("dbt_project.yml", """
            name: shop
            version: '1.0'
            profile: shop
            models:
              shop:
                marts: {+materialized: table, +tags: [nightly]}
            """);
        Write("models/staging/a.sql", "{{ config(tags=['raw']) }} select * from {{ source('erp', 'orders') }}");
        Write("models/staging/b.sql", "select * from {{ ref('a') }}");
        Write("models/staging/c.sql", "select 1 as id");
        Write("models/marts/d.sql", "select b.id from {{ ref('b') }} b cross join {{ ref('c') }} c");
        Write("models/marts/e.sql", "{{ config(meta={'owner': 'ann'}) }} select * from {{ ref('d') }}");
        Write("models/marts/core/f.sql", "select 1 as id");
        Write("models/schema.yml", """
            sources:
              - name: erp
                tables: [{name: orders}]
            models:
              - name: b
                columns: [{name: id, data_tests: [unique]}]
              - name: d
                access: public
                columns: [{name: id, data_tests: [not_null, {relationships: {arguments: {to: ref('b'), field: id}}}]}]
            exposures:
              - name: board
                type: dashboard
                owner: {name: Ann, email: ann@example.org}
                depends_on: [ref('e')]
            """);
        Write("tests/a_and_its_source.sql", "select a.* from {{ ref('a') }} as a cross join {{ source('erp', 'orders') }} where false");
        Write("tests/lonely.sql", "select * from {{ ref('c') }} where false");
        Write("selectors.yml", """
            selectors:
              - name: night
                definition:
                  union:
                    - method: tag
                      value: nightly
                    - method: fqn
                      value: a
                      children: true
                      children_depth: 1
                    - exclude: [f]
              - name: again
                definition: {method: selector, value: night}
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a+", "a b d e")]
    [InlineData("a+1", "a b")]
    [InlineData("+d", "a b c d")]
    [InlineData("1+d", "b c d")]
    [InlineData("1+d+1", "b c d e")]
    [InlineData("@b", "a b c d e")]
    [InlineData("a f", "a f")]
    [InlineData("+d,tag:nightly", "d")]
    [InlineData("tag:raw", "a")]
    [InlineData("tag:n*", "d e f")]
    [InlineData("staging", "a b c")]
    [InlineData("shop.marts", "d e f")]
    [InlineData("shop.marts.core", "f")]
    [InlineData("shop.*.a", "a")]
    [InlineData("models/staging", "a b c")]
    [InlineData("path:models/marts/core/f.sql", "f")]
    [InlineData("path:models/*/d.sql", "d")]
    [InlineData("f.sql", "f")]
    [InlineData("file:e", "e")]
    [InlineData("package:shop", "a b c d e f")]
    [InlineData("package:this", "a b c d e f")]
    [InlineData("config.materialized:table", "d e f")]
    [InlineData("config.materialized:view", "a b c")]
    [InlineData("config.meta.owner:ann", "e")]
    [InlineData("config.tags:raw", "a")]
    [InlineData("source:erp+1", "a")]
    [InlineData("source:erp.orders+", "a b d e")]
    [InlineData("source:shop.erp.orders+2", "a b")]
    [InlineData("+exposure:board", "a b c d e")]
    [InlineData("access:public", "d")]
    [InlineData("resource_type:model,marts", "d e f")]
    [InlineData("nothing_of_that_name", "")]
    [InlineData("models/schema.yml", "b d")]
    [InlineData("orders+", "")]
    [InlineData("+board", "a b c d e")]
    public void A_selector_means(string selector, string models) =>
        Models(new SelectionOptions { Select = [selector] }).ShouldBe(models);

    [Theory]
    [InlineData("eager", "b", "relationships_d_id__id__ref_b_ unique_b_id")]
    [InlineData("cautious", "b", "unique_b_id")]
    [InlineData("cautious", "b d", "not_null_d_id relationships_d_id__id__ref_b_ unique_b_id")]
    [InlineData("buildable", "d", "not_null_d_id relationships_d_id__id__ref_b_")]
    [InlineData("buildable", "a", "a_and_its_source")]
    [InlineData("buildable", "e", "")]
    [InlineData("empty", "b", "")]
    [InlineData("eager", "test_type:singular", "a_and_its_source lonely")]
    [InlineData("eager", "test_type:generic", "not_null_d_id relationships_d_id__id__ref_b_ unique_b_id")]
    [InlineData("eager", "test_name:unique", "unique_b_id")]
    public void Tests_come_along_by_the_rule(string rule, string selector, string tests) =>
        Names(new SelectionOptions { Select = [selector], IndirectSelection = Enum.Parse<IndirectSelection>(rule, ignoreCase: true) }, ResourceTypeOf.Test)
            .ShouldBe(tests);

    [Fact]
    public void Exclusion_is_taken_off_at_the_end() =>
        Models(new SelectionOptions { Select = ["+d"], Exclude = ["staging", "nothing"] }).ShouldBe("d");

    [Theory]
    [InlineData("night", "a b d e")]
    [InlineData("again", "a b d e")]
    public void Named_selections_are_read_from_selectors_yml(string name, string models) =>
        Models(new SelectionOptions { Selector = name }).ShouldBe(models);

    [Theory]
    [InlineData("colour:red", "There is no selector method 'colour'")]
    [InlineData("@a+", "both '@' and a '+'")]
    [InlineData("state:modified", "--state")]
    public void A_wrong_selector_is_said_in_one_line(string selector, string message) =>
        Should.Throw<RunException>(() => Models(new SelectionOptions { Select = [selector] })).Message.ShouldContain(message);

    [Fact]
    public void An_unknown_named_selection_lists_those_there_are() =>
        Should.Throw<RunException>(() => Models(new SelectionOptions { Selector = "day" })).Message.ShouldContain("night, again");

    private string Models(SelectionOptions selection) => Names(selection, ResourceTypeOf.Model);

    private string Names(SelectionOptions selection, string type) =>
        string.Join(' ', ModelRunner
            .List(new CompileOptions { ProjectDirectory = _folder, ConnectionString = "Host=nowhere;Database=x;Search Path=dev" }, selection, state: null,
                observer: null, TestContext.Current.CancellationToken)
            .Where(n => n.ResourceType.ToString() == type)
            .Select(n => n.Name)
            .Order(StringComparer.Ordinal));

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static class ResourceTypeOf
    {
        public const string Model = "Model";
        public const string Test = "Test";
    }
}
