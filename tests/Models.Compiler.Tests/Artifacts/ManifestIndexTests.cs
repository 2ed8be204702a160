using Models.Compiler.Tests.Project;

namespace Models.Compiler.Tests.Artifacts;

/// <summary>A manifest is made of the earlier one where entries stay the same; nobody can tell.</summary>
public sealed class ManifestIndexTests
{
    [Fact]
    public async Task A_manifest_whose_content_stays_the_same_is_left_alone()
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        var before = await File.ReadAllBytesAsync(project.Manifest, TestContext.Current.CancellationToken);

        await project.CompileAsync();

        (await File.ReadAllBytesAsync(project.Manifest, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Models_that_change_their_order_come_and_go_leave_the_others_as_they_were()
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        (string File, string Text)[] edits =
        [
            ("models/new.sql", "select 'ü' as umlaut from {{ ref('tool') }}"),
            ("models/second.sql", "select 1 as id from {{ ref('new') }}"),
            ("models/inner.sql", "{{ config(materialized='ephemeral') }} select 2 as one"),
            ("models/a_first.sql", "select 1 as id"),
            ("models/new.sql", "select 1 as id"),
            ("seeds/states.csv", "state\nclosed\n"),
            ("models/marts/sums.sql", ""),
        ];
        foreach (var (file, text) in edits)
        {
            project.Write(file, text);
            (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());
        }
    }

    /// <summary>What is in the way: a damaged index, and manifests that are not the one the index belongs to.</summary>
    [Theory]
    [InlineData("manifest.index", "cut")]
    [InlineData("manifest.index", "flipped")]
    [InlineData("manifest.index", "emptied")]
    [InlineData("target/manifest.json", "cut")]
    [InlineData("target/manifest.json", "flipped")]
    [InlineData("target/manifest.json", "emptied")]
    [InlineData("target/manifest.json", "gone")]
    public async Task An_index_or_a_manifest_that_others_touched_is_not_built_upon(string file, string how)
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        var path = project.PathOf($"output/kept/{file}");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        switch (how)
        {
            case "gone":
                File.Delete(path);
                break;
            case "flipped":
                bytes[bytes.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
                File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(1));
                break;
            default:
                await File.WriteAllBytesAsync(path, how == "cut" ? bytes[..^20] : [], TestContext.Current.CancellationToken);
                break;
        }

        project.Replace("models/second.sql", "1 as id", "2 as id");
        (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());
    }
}
