using System.Text.Json;

namespace Models.Compiler.Tests.Analysis;

public sealed class ManifestTests
{
    [Fact]
    public async Task Docs_groups_and_disabled_nodes_are_listed()
    {
        using var project = new ShopProject()
            .Write("models/words.md", "{% docs money %}\nIn euros.\n{% enddocs %}")
            .Write("models/idle.sql", "{{ config(enabled=false) }} select 1 as id")
            .Write(
                "models/groups.yml",
                """
                groups:
                  - {name: finance, owner: {name: Ada, email: ada@example.com}}
                models:
                  - {name: orders, config: {group: finance}}
                """);

        var manifest = await ManifestOfAsync(project);

        manifest.GetProperty("docs").GetProperty("doc.shop.money").GetProperty("block_contents").GetString().ShouldBe("In euros.");
        manifest.GetProperty("groups").GetProperty("group.shop.finance").GetProperty("owner").GetProperty("email").GetString().ShouldBe("ada@example.com");
        manifest.GetProperty("group_map").GetProperty("finance")[0].GetString().ShouldBe("model.shop.orders");
        manifest.GetProperty("disabled").GetProperty("model.shop.idle")[0].GetProperty("name").GetString().ShouldBe("idle");
        manifest.GetProperty("nodes").TryGetProperty("model.shop.idle", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Each_kind_of_node_has_the_keys_of_the_public_schema_and_no_others()
    {
        using var project = new ShopProject()
            .Write("seeds/codes.csv", "code\na\n")
            .Write("models/codes.yml",
                "sources: [{name: far, loader: ferry, meta: {owner: me}, tables: [{name: away, columns: [{name: id, data_type: integer}]}, {name: gone, " +
                "config: {enabled: false}}]}]\n")
            .Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\non-run-start: select 1\n");

        var manifest = await ManifestOfAsync(project);

        var seed = manifest.GetProperty("nodes").GetProperty("seed.shop.codes");
        seed.TryGetProperty("refs", out _).ShouldBeFalse();
        seed.GetProperty("depends_on").EnumerateObject().Select(p => p.Name).ShouldBe(["macros"]);
        var hook = manifest.GetProperty("nodes").GetProperty("operation.shop.shop-on-run-start-0");
        hook.GetProperty("alias").GetString().ShouldBe("shop-on-run-start-0");
        hook.TryGetProperty("schema", out _).ShouldBeTrue();
        var source = manifest.GetProperty("sources").GetProperty("source.shop.far.away");
        source.TryGetProperty("alias", out _).ShouldBeFalse();
        manifest.GetProperty("disabled").GetProperty("source.shop.far.gone")[0].GetProperty("identifier").GetString().ShouldBe("gone");
        source.GetProperty("loader").GetString().ShouldBe("ferry");
        source.GetProperty("source_meta").GetProperty("owner").GetString().ShouldBe("me");
    }

    [Fact]
    public async Task A_large_project_is_written_whole_and_in_order()
    {
        using var project = new ShopProject();
        string[] names = [.. Enumerable.Range(0, 600).Select(i => $"m{i:d4}")];
        foreach (var name in names)
            project.Write($"models/{name}.sql", "select 1 as id");

        var manifest = await ManifestOfAsync(project);

        manifest.GetProperty("nodes").EnumerateObject().Select(n => n.Value.GetProperty("name").GetString())
            .Where(n => n!.StartsWith('m')).ShouldBe(names);
    }

    private static async Task<JsonElement> ManifestOfAsync(ShopProject project)
    {
        (await project.CompileAsync(b => b with { WriteArtifacts = true, Analysis = false })).Succeeded.ShouldBeTrue();
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(project.PathOf("target/manifest.json"), TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
