using Models.Diagnostics;
using Models.Project.Graph;

namespace Models.Compiler.Tests.Project;

/// <summary>Whatever stands in a project's files, parsing and compiling end with diagnostics.</summary>
public sealed class MangledProjectTests
{
    private static readonly string[] s_fragments =
    [
        "{{", "}}", "{%", "%}", "[", "]", "{", "}", ":", "- ", "\n", "  ", "\t", "'", "\"", "null", "1", "&a ", "*a", "<<: ", "ref('x')", "config(",
        "name", "true", "#", "|", ">", "%", "\0", "é", "\r\n", "? ", "!!str ", "---\n",
    ];

    private static readonly Dictionary<string, string> s_files = new(StringComparer.Ordinal)
    {
        ["dbt_project.yml"] =
            """
            name: shop
            profile: shop
            vars: {a: 1, shop: {b: [1, 2]}}
            models:
              +tags: t
              shop:
                +meta: {a: {b: 1}}
                +grants: {select: [a]}
                +pre-hook: ["select 1", {sql: "select 2", transaction: false}]
            dispatch: [{macro_namespace: dbt, search_order: [shop, dbt]}]
            on-run-start: "select {{ var('a') }}"
            """,
        ["models/schema.yml"] =
            """
            groups:
              - {name: finance, owner: {name: Ann}}
            models:
              - name: a
                description: "{{ doc('d') }}"
                group: finance
                constraints: [{type: primary_key, columns: [id]}]
                config: {contract: {enforced: true}, materialized: incremental}
                columns:
                  - name: id
                    data_type: int
                    data_tests:
                      - unique
                      - not_null: {config: {where: "id > 0", severity: warn}}
                      - relationships: {to: ref('b'), field: id}
                      - mine: {arguments: {x: "{{ var('a') }}"}}
              - name: b
                versions:
                  - {v: 1, defined_in: b, columns: [{include: all, exclude: [x]}]}
            sources:
              - name: raw
                freshness: {warn_after: {count: 1, period: day}}
                tables:
                  - {name: t, identifier: tt, columns: [{name: id, data_type: int, data_tests: [not_null]}]}
            exposures:
              - {name: e, type: dashboard, depends_on: [ref('a'), "source('raw', 't')"]}
            unit_tests:
              - {name: u, model: a, given: [{input: ref('b'), rows: [{id: 1}]}], expect: {rows: [{id: 1}]}}
            """,
        ["models/a.sql"] = "{{ config(unique_key='id') }} select id from {{ ref('b') }} {% if is_incremental() %} where id > 1 {% endif %} {{ m(1) }}",
        ["models/b.sql"] = "select id from {{ source('raw', 't') }} {% for i in range(3) %}, {{ dbt.datediff('a', 'b', 'day') }}{% endfor %}",
        ["models/d.md"] = "{% docs d %} text {% enddocs %}",
        ["macros/m.sql"] = "{% macro m(x) %}{{ return(adapter.dispatch('m')(x)) }}{% endmacro %}{% macro default__m(x) %}{{ x }}{% endmacro %}"
            + "{% test mine(model, column_name, x) %}select * from {{ model }} where {{ column_name }} > {{ x }}{% endtest %}",
        ["snapshots/s.sql"] = "{% snapshot s %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('a') }}{% endsnapshot %}",
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mangled_files_end_in_diagnostics(int seed)
    {
        using var project = new TemporaryProject();
        foreach (var (file, text) in s_files)
            project.Write(file, text);

        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var (file, text) = s_files.ElementAt(random.Next(s_files.Count));
            var mangled = Mangle(text, random);
            project.Write(file, mangled);

            Should.NotThrow(() => ParseAndCompile(project), $"{file}:\n{mangled}");
            project.Write(file, text);
        }
    }

    private static void ParseAndCompile(TemporaryProject project)
    {
        var parsed = project.Parse();
        foreach (var diagnostic in parsed.Diagnostics.ToSortedList())
            diagnostic.Message.ShouldNotContain('\n');

        foreach (var node in parsed.Graph.InOrder.Where(n => n is ITemplatedNode))
        {
            try
            {
                parsed.Compile(node, new EmptyDatabase());
            }
            catch (DiagnosticException)
            {
                // a mistake, said where it is
            }
        }
    }

    private static string Mangle(string text, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            text = random.Next(2) == 0
                ? text.Insert(at, s_fragments[random.Next(s_fragments.Length)])
                : text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
        }

        return text;
    }
}
