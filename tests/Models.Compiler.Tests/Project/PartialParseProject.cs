using System.Text.Json.Nodes;
using Models.Parsing;
using Models.Project.Configuration;

namespace Models.Compiler.Tests.Project;

/// <summary>A project with something of everything, compiled again and again with what is kept between times, and without.</summary>
internal sealed class PartialParseProject : IDisposable
{
    private readonly TemporaryProject _project = new(
        """
        vars: {limit: 10, tools: {prefix: pre}}
        models:
          shop:
            +tags: [all]
            marts: {+schema: marts, +materialized: table, +meta: {owner: me}}
        on-run-start: ["select '{{ run_started_at }}'"]
        on-run-end: "{{ log('done', info=true) }}"
        """);

    public PartialParseProject()
    {
        _project
            .Write("packages.yml", "packages:\n  - local: packages/tools\n")
            .Write("packages/tools/dbt_project.yml", "name: tools\nversion: '1.0'\nvars: {suffix: x}\n")
            .Write("packages/tools/macros/named.sql", "{% macro named(name) %}{{ var('prefix', 'p') }}_{{ name }}{% endmacro %}")
            .Write("packages/tools/models/tool.sql", "select 1 as {{ tools.named('one') }}")
            .Write("macros/cents.sql", "{% macro cents(c) %}({{ c }} * 100){% endmacro %}")
            .Write("macros/generic.sql",
                "{% test above(model, column_name, least=0) %}{{ config(severity='warn') }}select * from {{ model }} where {{ column_name }} <= {{ least " +
                "}}{% endtest %}")
            .Write("macros/macros.yml", "macros:\n  - {name: cents, description: \"{{ doc('cents') }}\", arguments: [{name: c, type: numeric}]}\n")
            .Write("models/docs.md", "{% docs cents %}Hundredths.{% enddocs %}")
            .Write("contracts/visits.yml", "name: visits\nformat: csv\nfile: visits.csv\nfields:\n  - {name: id, type: bigint, required: true}\n")
            .Write(
                "models/sources.yml",
                """
                sources:
                  - name: raw
                    description: "{{ doc('cents') }}"
                    loaded_at_field: at
                    freshness: {warn_after: {count: 1, period: day}}
                    tables:
                      - name: orders
                        columns: [{name: id, data_type: int, data_tests: [not_null]}, {name: amount, data_type: "numeric(10,2)"}]
                      - {name: visits, meta: {leadline: {contract: contracts/visits.yml}}}
                      - {name: calls, meta: {leadline: {contract: contracts/calls.yml}}}
                """)
            .Write(
                "models/models.yml",
                """
                models:
                  - name: orders
                    description: "{{ doc('cents') }} {{ var('limit') }} {{ env_var('LEADLINE_TEST_PARTIAL', 'none') }}"
                    config: {contract: {enforced: true}, meta: {weight: 1.5, list: [1, a, null, true]}}
                    columns:
                      - {name: id, data_type: int, constraints: [{type: not_null}], data_tests: [unique, above: {least: "{{ var('limit') }}"}]}
                      - {name: amount, data_type: numeric, tags: [money]}
                  - name: versioned
                    latest_version: 2
                    deprecation_date: 2031-01-31
                    columns: [{name: id, data_type: string}, {name: old, data_type: string}]
                    config: {contract: {enforced: true}}
                    versions:
                      - v: 1
                      - {v: 2, defined_in: second, config: {alias: newer}, columns: [{include: all, exclude: [old]}]}
                """)
            .Write(
                "models/others.yml",
                """
                semantic_models:
                  - name: ordered
                    model: ref('orders')
                    entities: [{name: id, type: primary}]
                    measures: [{name: paid, agg: sum, expr: amount}]
                metrics: [{name: paid, label: Paid, type: simple, type_params: {measure: paid}}]
                groups: [{name: finance, owner: {name: Ann}}]
                exposures: [{name: board, type: dashboard, owner: {name: Ann}, depends_on: [ref('sums')]}]
                snapshots: [{name: kept, relation: ref('orders'), config: {unique_key: id, strategy: check, check_cols: all}}]
                unit_tests:
                  - name: adds
                    model: sums
                    given: [{input: ref('orders'), rows: [{amount: 1}]}]
                    expect: {rows: [{total: 100}]}
                """)
            .Write("models/orders.sql", "{{ config(group='finance') }} select id, amount from {{ source('raw', 'orders') }}")
            .Write("models/marts/sums.sql", "select {{ cents('sum(amount)') }} as total from {{ ref('orders') }} limit {{ var('limit') }}")
            .Write("models/inner.sql", "{{ config(materialized='ephemeral') }} select 1 as one")
            .Write("models/outer.sql", "select one, '{{ target.name }}' as target from {{ ref('inner') }} cross join {{ ref('tool') }}")
            .Write("models/versioned_v1.sql", "select 1 as id, 2 as old")
            .Write("models/second.sql", "select 1 as id")
            .Write("models/off.sql", "{{ config(enabled=false) }} select 1 as id")
            .Write("models/moment.sql", "select '{{ run_started_at.year > 2000 }}' as at")
            .Write("seeds/states.csv", "state\nopen\n")
            .Write("snapshots/old.sql",
                "{% snapshot old %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('orders') }}{% endsnapshot %}")
            .Write("analyses/asked.sql", "select * from {{ ref('sums') }}")
            .Write("tests/positive.sql", "select * from {{ ref('orders') }} where amount < 0");
    }

    public ParsedProject Parse(bool kept) =>
        _project.Parse(o => o with { PartialParse = kept, TargetPath = Path.Combine(PathOf("output"), "parsed") });

    public string PathOf(string file) => _project.PathOf(file);

    public void Write(string file, string text) => _project.Write(file, text);

    public void Replace(string file, string before, string after)
    {
        var text = File.ReadAllText(PathOf(file));
        text.ShouldContain(before);
        _project.Write(file, text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>The manifest of the compilations that keep something.</summary>
    public string Manifest => PathOf("output/kept/target/manifest.json");

    /// <summary>Compiles with what earlier calls kept.</summary>
    public Task<PartialParseOutcome> CompileAsync(Func<CompileOptions, CompileOptions>? change = null) => CompileAsync("kept", change);

    /// <summary>Compiles as if for the first time.</summary>
    public Task<PartialParseOutcome> CompileCleanAsync(Func<CompileOptions, CompileOptions>? change = null) =>
        CompileAsync($"clean-{Guid.NewGuid():N}", change);

    public void Dispose() => _project.Dispose();

    private async Task<PartialParseOutcome> CompileAsync(string folder, Func<CompileOptions, CompileOptions>? change)
    {
        var output = Path.Combine(PathOf("output"), folder);
        var options = _project.Options with { TargetPath = Path.Combine(output, "target") };
        var result = await ProjectCompiler.CompileAsync(
            change is null ? options : change(options),
            new BuildOptions { Analysis = false, CacheDirectory = output },
            TestContext.Current.CancellationToken);
        var manifest = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(output, "target", "manifest.json"), TestContext.Current.CancellationToken))!.AsObject();
        manifest.Remove("metadata");
        return new PartialParseOutcome(manifest.ToJsonString(), [.. result.Diagnostics.Select(_project.Show)], result.Project.ModelsRead);
    }
}

/// <summary>What a compilation came to.</summary>
/// <param name="Manifest">The manifest without what says when it was written.</param>
/// <param name="Diagnostics">What was found.</param>
/// <param name="ModelsRead">How many models were read again.</param>
internal sealed record PartialParseOutcome(string Manifest, IReadOnlyList<string> Diagnostics, int ModelsRead)
{
    public void ShouldBe(PartialParseOutcome other)
    {
        Diagnostics.ShouldBe(other.Diagnostics);
        Manifest.ShouldBe(other.Manifest);
    }
}
