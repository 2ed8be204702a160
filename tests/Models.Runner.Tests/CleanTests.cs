namespace Models.Runner.Tests;

/// <summary><c>clean</c> removes what runs have written, and nothing that people have.</summary>
public sealed class CleanTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("[models]")]
    [InlineData("[target, ./models/]")]
    [InlineData("[models/staging]")]
    [InlineData("[macros]")]
    [InlineData("[tests]")]
    [InlineData("['.']")]
    [InlineData("[linked]")]
    public async Task Folders_that_hold_sources_are_refused_and_nothing_is_removed(string targets)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", $"name: shop\nprofile: shop\nclean-targets: {targets}\n")
            .Write("models/staging/a.sql", "select 1 as id")
                .Write("macros/m.sql", "").Write("tests/t.sql", "select 1 where false").Write("target/manifest.json", "{}");
        Directory.CreateSymbolicLink(Path.Combine(project.Folder, "linked"), Path.Combine(project.Folder, "models"));

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "clean", "--no-clean-project-files-only");

        exitCode.ShouldBe(2);
        errors.ShouldContain("nothing was removed");
        foreach (var file in (string[])["models/staging/a.sql", "macros/m.sql", "tests/t.sql", "target/manifest.json"])
            File.Exists(Path.Combine(project.Folder, file)).ShouldBeTrue(file);
    }

    [Fact]
    public async Task Folders_outside_the_project_are_removed_only_on_demand()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("own/dbt_project.yml", "name: shop\nprofile: shop\nclean-targets: [target, ../left]\n")
            .Write("own/target/a.txt", "").Write("left/b.txt", "");

        var (exitCode, _, errors) = await LeadlineProcess.RunInAsync(project, "own", "clean");
        exitCode.ShouldBe(2);
        errors.ShouldContain("is outside the project");
        File.Exists(Path.Combine(project.Folder, "own/target/a.txt")).ShouldBeTrue();
        File.Exists(Path.Combine(project.Folder, "left/b.txt")).ShouldBeTrue();

        (await LeadlineProcess.RunInAsync(project, "own", "clean", "--no-clean-project-files-only")).ExitCode.ShouldBe(0);
        Directory.Exists(Path.Combine(project.Folder, "own/target")).ShouldBeFalse();
        Directory.Exists(Path.Combine(project.Folder, "left")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_folder_that_the_project_names_is_removed_where_nothing_else_is_said()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\ntarget-path: built\n").Write("built/a.txt", "").Model("a", "select 1 as id");

        (await LeadlineProcess.RunAsync(project, "clean")).ExitCode.ShouldBe(0);

        Directory.Exists(Path.Combine(project.Folder, "built")).ShouldBeFalse();
        File.Exists(Path.Combine(project.Folder, "models/a.sql")).ShouldBeTrue();
    }
}
