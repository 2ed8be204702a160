using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Models.MSBuild.Tests;

/// <summary>A C# project with a model project in it, in a folder of its own, to be built by a real <c>dotnet build</c>.</summary>
public sealed class BuildScenario : IDisposable
{
    private BuildScenario(string folder)
    {
        Folder = folder;
    }

    public string Folder { get; }

    public string OutputFolder => Path.Combine(Folder, "obj", "Debug", "net10.0", "leadline");

    /// <summary>A project with a source, a view and a mart, that builds.</summary>
    public static BuildScenario Create(string references = "")
    {
        var scenario = new BuildScenario(Directory.CreateTempSubdirectory("leadline-build-").FullName);
        var build = Path.Combine(RepositoryRoot, "Models", "MSBuild", "build");
        scenario.Write(
            "Shop.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{build}/Leadline.Models.MSBuild.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <LeadlineTaskAssembly>{Path.Combine(AppContext.BaseDirectory, "Models.MSBuild.dll")}</LeadlineTaskAssembly>
              </PropertyGroup>
              <ItemGroup>
                <ModelProject Include="shop/dbt_project.yml" />
                <PackageReference Include="Npgsql" Version="10.0.0" />
                {references}
              </ItemGroup>
              <Import Project="{build}/Leadline.Models.MSBuild.targets" />
            </Project>
            """);
        scenario.WriteModels("shop");
        return scenario;
    }

    public void WriteModels(string name)
    {
        Write(
            $"{name}/dbt_project.yml",
            $"""
            name: {name}
            version: "1.0"
            profile: {name}
            model-paths: [models]
            macro-paths: [macros]
            models:
              {name}:
                +schema: marts
            """);
        Write(
            $"{name}/profiles.yml",
            $$"""
            {{name}}:
              target: dev
              outputs:
                dev: {type: postgres, host: localhost, port: 5432, user: shop, password: shop, dbname: warehouse, schema: dev, threads: 2}
            """);
        Write(
            $"{name}/models/sources.yml",
            """
            sources:
              - name: raw
                tables:
                  - name: orders
                    columns:
                      - {name: order_id, data_type: integer}
                      - {name: customer, data_type: text}
                      - {name: amount, data_type: "numeric(10,2)"}
                      - {name: ordered_at, data_type: timestamp with time zone}
            """);
        Write(
            $"{name}/models/orders.sql",
            """
            select order_id, customer, amount, ordered_at
            from {{ source('raw', 'orders') }}
            """);
        Write(
            $"{name}/models/revenue.sql",
            """
            select
              customer,
              sum(amount) as revenue
            from {{ ref('orders') }}
            group by customer
            """);
        Write(
            $"{name}/models/models.yml",
            """
            models:
              - name: revenue
                description: What each customer paid.
                columns:
                  - name: customer
                    description: The customer's name.
                    data_tests: [not_null]
                  - name: revenue
            """);
    }

    public string PathOf(string file) => Path.Combine(Folder, file.Replace('/', Path.DirectorySeparatorChar));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Replace(string file, string before, string after)
    {
        var text = File.ReadAllText(PathOf(file));
        text.ShouldContain(before);
        File.WriteAllText(PathOf(file), text.Replace(before, after, StringComparison.Ordinal));
    }

    public void Delete(string file) => File.Delete(PathOf(file));

    /// <summary>Environment variables of the builds to come.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Runs <c>dotnet</c> in the folder.</summary>
    public BuildOutcome Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
                ["MSBUILDTERMINALLOGGER"] = "off",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            },
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new BuildOutcome(process.ExitCode, output + error.Result);
    }

    public BuildOutcome Build(params string[] arguments) =>
        Dotnet(["build", "-v", "n", "-nodeReuse:false", "-tl:off", .. arguments]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public static string RepositoryRoot
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Solution.sln")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");

            return folder;
        }
    }
}

/// <summary>How a build ended and what it said.</summary>
public sealed partial record BuildOutcome(int ExitCode, string Output)
{
    /// <summary>The lines that hold an error or warning of ours, without repetition.</summary>
    public IReadOnlyList<string> Diagnostics =>
    [
        .. Output.Split('\n')
            .Where(l => l.Contains(" MDL", StringComparison.Ordinal))
            .Select(l => NodeNumber().Replace(l.Trim(), "").Split(" [")[0])
            .Distinct(),
    ];

    public bool CompiledModels => Output.Contains("given to PostgreSQL", StringComparison.Ordinal);

    public void ShouldSucceed() => ExitCode.ShouldBe(0, Output);

    public void ShouldFail() => ExitCode.ShouldNotBe(0, Output);

    /// <summary>MSBuild writes the number of the project before some lines: <c>1></c>.</summary>
    [GeneratedRegex(@"^\d+(:\d+)?>")]
    private static partial Regex NodeNumber();
}
