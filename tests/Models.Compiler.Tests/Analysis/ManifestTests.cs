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
