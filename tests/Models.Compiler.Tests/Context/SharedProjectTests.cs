using Models.Compiler.Tests.Project;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Compiler.Tests.Context;

/// <summary>One parsed project serves any number of runs at the same time, each with its own map of relations.</summary>
public sealed class SharedProjectTests
{
    private const int Runs = 24;

    [Fact]
    public async Task Many_threads_render_one_project_each_with_its_own_relations()
    {
        using var shared = Create();
        var project = shared.Parse();
        project.Diagnostics.HasErrors.ShouldBeFalse();
        var maps = Enumerable.Range(0, Runs).Select(i => MapOf(project, i)).ToList();

        // each expectation comes from a project of its own that nobody shares
        var expected = maps.ConvertAll(map => Render(shared.Parse().In(map)));
        var start = new Barrier(Runs);
        var found = await Task.WhenAll(maps.Select(map => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return Render(project.In(map));
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        found.ShouldBe(expected);
        expected.Distinct().Count().ShouldBe(Runs);
        project.Relations.Of((RelationNode)project.Graph["model.shop.orders"]).Schema.ShouldBe("dev");
    }

    [Fact]
    public void A_setting_made_while_rendering_is_that_renderings_own()
    {
        using var folder = new TemporaryProject();
        folder.Write("models/a.sql", "{% call set_sql_header(config) %}set local x = '{{ this.schema }}'{% endcall %}select 1 as id");
        var project = folder.Parse();
        var node = (RelationNode)project.Graph["model.shop.a"];
        var elsewhere = project.In(project.Relations.Moving([KeyValuePair.Create(node.UniqueId, node.Relation with { Schema = "elsewhere" })]));

        var moved = elsewhere.Compile(node, new EmptyDatabase());
        var plain = project.Compile(node, new EmptyDatabase());

        moved.Node.Config.GetString("sql_header").ShouldBe("set local x = 'elsewhere'");
        plain.Node.Config.GetString("sql_header").ShouldBe($"set local x = '{node.Relation.Schema}'");
    }

    private static TemporaryProject Create()
    {
        var folder = new TemporaryProject();
        folder.Write("models/orders.sql", "{{ config(event_time='at') }}select 1 as id, now() as at");
        folder.Write("models/between.sql", "{{ config(materialized='ephemeral') }}select * from {{ ref('orders') }}");
        folder.Write(
            "models/reader.sql", "select '{{ this }}' as me, '{{ model.schema }}' as schema, * from {{ ref('between') }} join {{ ref('orders') }} using (id)");
        folder.Write("models/listing.sql",
            "{% if execute %}{% for n in graph.nodes.values() | sort(attribute='unique_id') %}-- {{ n.relation_name }}\n{% endfor %}{% endif %}select 1 as id");
        for (var i = 0; i < 50; i++)
            folder.Write($"models/wide_{i}.sql", $"select {i} as n, id from {{{{ ref('between') }}}} union all select {i}, id from {{{{ ref('orders') }}}}");

        return folder;
    }

    /// <summary>Every third map defers, every third builds beside the live schemas, every third reads a sample.</summary>
    private static RelationMap MapOf(ParsedProject project, int run) => (run % 3) switch
    {
        0 => project.Relations.Moving([KeyValuePair.Create("model.shop.orders", new Relation("production", $"p{run}", "orders"))]),
        1 => project.Relations.Moving(project.Graph.InOrder.OfType<RelationNode>()
            .Select(n => KeyValuePair.Create(n.UniqueId, n.Relation with { Schema = $"{n.Relation.Schema}__shadow_{run}" }))),
        _ => project.Relations.Reading(new TimeRange(new DateTime(2026, 1, 1), new DateTime(2026, 1, 2).AddDays(run))),
    };

    private static string Render(ParsedProject project) =>
        string.Join("\n---\n", project.Graph.InOrder.Select(n => project.Compile(n, new EmptyDatabase()).Sql));
}
