using System.Text.Json;
using Models.Compiler;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class ManifestTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_run_keeps_what_the_build_found_out_of_nodes_that_are_as_they_were()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id, 'x'::text as name")
            .Model("b", "select id * 2 as twice from {{ ref('a') }} where name = 'x'")
            .Model("c", "select 1 as one")
            .Model("d", "select one from {{ ref('c') }}");
        var build = await ProjectCompiler.CompileAsync(
            project.Options(), new BuildOptions { ServerConnectionString = project.ConnectionString }, TestContext.Current.CancellationToken);
        build.Succeeded.ShouldBeTrue(string.Join('\n', build.Diagnostics));

        project.Model("c", "select 1 as one, 2 as two");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        var nodes = Nodes(project);
        var twice = Column(nodes, "b", "twice").GetProperty("leadline");
        twice.GetProperty("type").GetString().ShouldBe("integer");
        twice.GetProperty("lineage")[0].GetProperty("node").GetString().ShouldBe("model.shop.a");
        twice.GetProperty("lineage")[0].GetProperty("use").GetString().ShouldBe("transformed");
        nodes.GetProperty("model.shop.b").GetProperty("meta").GetProperty("leadline").GetProperty("keys")[0].GetProperty("use").GetString().ShouldBe("filter");
        nodes.GetProperty("model.shop.b").GetProperty("compiled_code").GetString()!.ShouldContain("\"dev\".\"a\"");
        nodes.GetProperty("model.shop.c").GetProperty("columns").EnumerateObject().ShouldBeEmpty();
        nodes.GetProperty("model.shop.d").GetProperty("columns").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Snapshots_that_share_a_file_have_a_file_of_SQL_each_whether_they_are_built_or_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 2 as id")
            .Write("snapshots/all.yml", """
                snapshots:
                  - {name: snap_a, relation: ref('a'), config: {unique_key: id, strategy: check, check_cols: all}}
                  - {name: snap_b, relation: ref('b'), config: {unique_key: id, strategy: check, check_cols: all}}
                """)
            // an earlier version wrote a file where the folder is
            .Write("target/compiled/shop/snapshots/all.yml", "");
        var build = await ProjectCompiler.CompileAsync(
            project.Options(), new BuildOptions { ServerConnectionString = project.ConnectionString }, TestContext.Current.CancellationToken);
        build.Succeeded.ShouldBeTrue(string.Join('\n', build.Diagnostics));
        var folder = Path.Combine(project.Options().ProjectDirectory, "target", "compiled", "shop", "snapshots", "all.yml");
        File.ReadAllText(Path.Combine(folder, "snap_a.sql")).ShouldContain("\"a\"");
        File.ReadAllText(Path.Combine(folder, "snap_b.sql")).ShouldContain("\"b\"");

        (await project.RunAsync(RunVerb.Build)).ShouldSucceed();

        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["snap_a.sql", "snap_b.sql"]);
    }

    [Fact]
    public async Task A_macro_that_changed_takes_away_what_was_found_out_of_those_that_call_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/m.sql", "{% macro number() %}1{% endmacro %}").Model("a", "select {{ number() }} as id").Model("b", "select 1 as id");
        await ProjectCompiler.CompileAsync(
            project.Options(), new BuildOptions { ServerConnectionString = project.ConnectionString }, TestContext.Current.CancellationToken);

        project.Write("macros/m.sql", "{% macro number() %}'one'::text{% endmacro %}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        var nodes = Nodes(project);
        nodes.GetProperty("model.shop.a").GetProperty("columns").EnumerateObject().ShouldBeEmpty();
        Column(nodes, "b", "id").GetProperty("leadline").GetProperty("type").GetString().ShouldBe("integer");
    }

    [Fact]
    public async Task A_seed_or_source_that_changed_takes_away_what_was_found_out_of_those_that_read_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.leads (id int, at date); create table raw.deals (id int)");
        project.Write("seeds/codes.csv", "code\n1\n").Write("seeds/names.csv", "name\nx\n").Write("models/sources.yml", Sources("int"))
            .Model("of_codes", "select * from {{ ref('codes') }}").Model("of_names", "select * from {{ ref('names') }}")
            .Model("of_leads", "select * from {{ source('raw', 'leads') }}").Model("of_deals", "select * from {{ source('raw', 'deals') }}");
        (await project.BuildAsync()).ShouldSucceed();
        var build = await ProjectCompiler.CompileAsync(
            project.Options(), new BuildOptions { ServerConnectionString = project.ConnectionString }, TestContext.Current.CancellationToken);
        build.Succeeded.ShouldBeTrue(string.Join('\n', build.Diagnostics));

        project.Write("seeds/codes.csv", "code\none\n").Write("models/sources.yml", Sources("bigint"));
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        var nodes = Nodes(project);
        nodes.GetProperty("seed.shop.codes").GetProperty("columns").EnumerateObject().ShouldBeEmpty();
        nodes.GetProperty("model.shop.of_codes").GetProperty("columns").EnumerateObject().ShouldBeEmpty();
        nodes.GetProperty("model.shop.of_leads").GetProperty("columns").EnumerateObject().ShouldBeEmpty();
        Column(nodes, "of_names", "name").GetProperty("leadline").GetProperty("type").GetString().ShouldBe("text");
        Column(nodes, "of_deals", "id").GetProperty("leadline").GetProperty("type").GetString().ShouldBe("integer");

        static string Sources(string type) =>
            $"sources: [{{name: raw, tables: [{{name: leads, columns: [{{name: id, data_type: {type}}}]}}, {{name: deals, columns: [{{name: id, data_type: " +
            $"int}}]}}]}}]\n";
    }

    private static JsonElement Nodes(TestProject project) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.Folder, "target/manifest.json"))).RootElement.GetProperty("nodes");

    private static JsonElement Column(JsonElement nodes, string model, string column) =>
        nodes.GetProperty($"model.shop.{model}").GetProperty("columns").GetProperty(column).GetProperty("meta");
}
