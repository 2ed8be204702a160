using System.Diagnostics;
using Ingestion.Loading;

namespace Ingestion.Connectors.Tests.Files;

/// <summary>Which files are read at all: regular ones inside the data folder.</summary>
public sealed class FilePathTests(PostgresFixture postgres)
{
    private const string Fields = "  - {name: id, type: bigint, required: true}";
    private const string Secret = "root:secret";

    [Fact]
    public async Task A_pipe_is_refused_without_waiting_for_a_writer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders");
        await using var stage = await LoadingStage.CreateAsync(postgres);
        using (var process = Process.Start("mkfifo", Path.Combine(stage.Folder, "people.csv")))
            await process.WaitForExitAsync();

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Message
            .ShouldBe("'people.csv' is not a regular file but a pipe, socket or device; put a file there");
    }

    [Fact]
    public async Task A_folder_is_refused()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        Directory.CreateDirectory(Path.Combine(stage.Folder, "people.csv"));

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Message.ShouldBe("'people.csv' is not a regular file but a folder; put a file there");
    }

    [Theory]
    [InlineData("{outside}")]
    [InlineData("../{name}")]
    [InlineData("sub/../../{name}")]
    [InlineData("link.csv")]
    [InlineData("linked/{name}")]
    [InlineData("twice/{name}")]
    public async Task A_file_outside_of_the_data_folder_is_refused_and_not_shown(string file)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var outside = Path.Combine(Path.GetDirectoryName(stage.Folder)!, $"{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(outside, $"{Secret}\n1\n");
        try
        {
            File.CreateSymbolicLink(Path.Combine(stage.Folder, "link.csv"), outside);
            Directory.CreateSymbolicLink(Path.Combine(stage.Folder, "linked"), Path.GetDirectoryName(outside)!);
            Directory.CreateSymbolicLink(Path.Combine(stage.Folder, "twice"), "linked");
            var named = file.Replace("{outside}", outside).Replace("{name}", Path.GetFileName(outside));

            var diagnostic = await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "", $"format: csv\nfile: {named}"));

            diagnostic.Message.ShouldBe(
                $"The file '{named}' is outside of the data folder; name a file inside it by a relative path that no link leads out of");
            diagnostic.ToString().ShouldNotContain(Secret);
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public async Task A_link_inside_of_the_data_folder_is_followed_also_where_the_folder_is_one()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("2024.csv", "id\n1\n");
        File.CreateSymbolicLink(Path.Combine(stage.Folder, "people.csv"), "2024.csv");
        var link = Path.Combine(stage.Folder, "data");
        Directory.CreateSymbolicLink(link, stage.Folder);
        var loader = new TableLoader(stage.Database, TimeProvider.System);

        (await loader.LoadAsync(LoadingStage.Contract(Fields), new Connectors.Sources.SourceLocation(link), progress: null, default)).Rows.ShouldBe(1);
    }
}
