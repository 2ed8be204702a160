namespace Benchmarks;

/// <summary>
/// What models cost a build in which nothing changed: <c>dotnet build</c> of a C# project with the synthetic models, and of one that
/// has no models but compiles the same generated C#. Both are built in turns.
/// </summary>
internal sealed class BuildBenchmark : IBenchmark
{
    private const int Models = 5_000;
    private const int Repetitions = 5;

    public string Name => "build";

    public string Description => $"dotnet build of {Models} synthetic models in which nothing changed, against the same without the models";

    public Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var with = WriteProject(folder.Path, "With", ModelImports(Path.Combine(folder.Path, "models")));
        var generated = Path.Combine(folder.Path, "With", "obj", "Debug", "net10.0", "leadline");
        var without = WriteProject(folder.Path, "Without", ("", CodeOf(generated)));
        SyntheticProject.Write(Path.Combine(folder.Path, "models"), Models);

        report.Figure("first build with models", Build(with).Seconds, "s");
        Build(without);
        var files = Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories).Length;
        if (files == 0)
            throw new BenchmarkException("The models gave no C#.");

        var stamp = File.GetLastWriteTimeUtc(Path.Combine(folder.Path, "models", "target", "manifest.json"));
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var i = 0; i < Repetitions; i++)
        {
            ours.Add(Build(with).Seconds);
            theirs.Add(Build(without).Seconds);
        }

        if (File.GetLastWriteTimeUtc(Path.Combine(folder.Path, "models", "target", "manifest.json")) != stamp)
            throw new BenchmarkException("A build in which nothing changed wrote the manifest.");

        report.Figure("nothing changed, with models, median", Median(ours), "s");
        report.Figure("nothing changed, without models, median", Median(theirs), "s");
        report.Figure("nothing changed: what models cost", Median(ours) - Median(theirs), "s", 0.3);
        return Task.CompletedTask;
    }

    private static ProcessRun Build(string project) =>
        ProcessRun.Start("dotnet", ["build", project, "-v", "q", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"]);

    private static double Median(List<double> seconds)
    {
        seconds.Sort();
        return seconds[seconds.Count / 2];
    }

    /// <summary>Takes the generated code in as the models' targets do.</summary>
    private static string CodeOf(string generated) =>
        $"""
        <Target Name="IncludeCode" BeforeTargets="BeforeCompile;CoreCompile">
          <ItemGroup><CodeList Include="{generated}/*/code.txt" /></ItemGroup>
          <ReadLinesFromFile File="@(CodeList)"><Output TaskParameter="Lines" ItemName="Compile" /></ReadLinesFromFile>
        </Target>
        """;

    private static (string Before, string After) ModelImports(string models)
    {
        var build = Path.Combine(Repository.Root, "Models", "MSBuild", "build");
        var assembly = Repository.Library("Models/MSBuild", "Models.MSBuild");
        return (
            $"""<Import Project="{build}/Leadline.Models.MSBuild.props" /><PropertyGroup><LeadlineTaskAssembly>{assembly}</LeadlineTaskAssembly></PropertyGroup>""",
            $"""<ItemGroup><ModelProject Include="{models}/dbt_project.yml" /></ItemGroup><Import Project="{build}/Leadline.Models.MSBuild.targets" />""");
    }

    private static string WriteProject(string folder, string name, (string Before, string After) content)
    {
        var project = Path.Combine(folder, name, name + ".csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.WriteAllText(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {content.Before}
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="Npgsql" Version="10.0.0" /></ItemGroup>
              {content.After}
            </Project>
            """);
        return project;
    }
}
