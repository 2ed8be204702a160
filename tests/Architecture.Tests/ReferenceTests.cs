using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Architecture.Tests;

/// <summary>Who may reference whom. A row is a promise: change it only together with docs/architecture.md.</summary>
public sealed class ReferenceTests
{
    /// <summary>Project, then the projects it may reference directly.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Models.Postgres"] = [],
        ["Models.Migrations"] = [],
        ["Models.Diagnostics"] = [],
        ["Models.Jinja"] = ["Models.Diagnostics"],
        ["Models.Contracts"] = ["Models.Diagnostics"],
        ["Models.Project"] = ["Models.Contracts", "Models.Jinja", "Models.Diagnostics"],
        ["Models.Rendering"] = ["Models.Project"],
        ["Models.Database"] = ["Models.Rendering"],
        ["Models.Parsing"] = ["Models.Database"],
        ["Models.Analysis"] = ["Models.Parsing", "Models.Postgres"],
        ["Models.Artifacts"] = ["Models.Analysis"],
        ["Models.Compiler"] = ["Models.Artifacts", "Models.Postgres"],
        ["Models.MSBuild"] = ["Models.Compiler"],
        ["Models.Engine"] = ["Models.Compiler", "Models.Migrations"],
        ["Models.Runner"] = ["Ingestion.Connectors", "Models.Engine"],
        ["Models.Warehouse"] = ["Models.MSBuild"],
        ["ServiceDefaults"] = [],
        ["Ingestion.Connectors"] = ["Models.Contracts"],
        ["Ingestion.Loading"] = ["Ingestion.Connectors", "Models.Contracts", "Models.Migrations"],
        ["Ingestion.Worker"] = ["Ingestion.Connectors", "Ingestion.Loading", "Models.Engine", "Models.Migrations", "Models.Warehouse", "ServiceDefaults"],
        ["Serving.Scoring"] = ["Models.Warehouse"],
        ["Serving.Features"] = ["Serving.Scoring", "Models.Warehouse"],
        ["Serving.Registry"] = ["Models.Migrations", "Serving.Scoring", "Models.Warehouse"],
        ["Serving.Training"] = ["Serving.Features", "Serving.Registry", "Serving.Scoring", "Models.Warehouse", "ServiceDefaults"],
        ["Serving.Console"] = ["Serving.Features", "Serving.Registry", "Serving.Scoring", "Models.Warehouse"],
        ["Serving.Api"] = ["Serving.Console", "Serving.Features", "Serving.Registry", "Serving.Scoring", "Models.Warehouse", "ServiceDefaults"],
        ["AppHost"] = ["Models.Postgres"],
    };

    /// <summary>Packages that a layer must not see: its promise about what it knows of the world.</summary>
    private static readonly Dictionary<string, string[]> Forbidden = new(StringComparer.Ordinal)
    {
        ["Models.Postgres"] = ["Microsoft.Build", "Microsoft.Extensions", "YamlDotNet", "Spectre", "System.CommandLine"],
        ["Models.Diagnostics"] = [""],
        ["Models.Jinja"] = [""],
        ["Models.Contracts"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Migrations"] = ["Microsoft.Build", "Microsoft.Extensions", "YamlDotNet", "Spectre", "System.CommandLine"],
        ["Models.Project"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Rendering"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Database"] = ["Microsoft.Build", "Microsoft.Extensions", "YamlDotNet", "Spectre", "System.CommandLine"],
        ["Models.Parsing"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Analysis"] = ["Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Artifacts"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Compiler"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Engine"] = ["Npgsql", "Microsoft.Build", "Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Runner"] = ["Npgsql", "Microsoft.Build"],
        ["Models.MSBuild"] = ["Microsoft.Extensions", "Spectre", "System.CommandLine"],
        ["Models.Warehouse"] = ["YamlDotNet", "Microsoft.Extensions"],
        ["Serving.Scoring"] = ["Npgsql", "Microsoft.Extensions", "OpenTelemetry"],
        ["Serving.Features"] = ["Serving.Scoring", "Models.Warehouse"],
        ["Serving.Features"] = ["Microsoft.Extensions", "OpenTelemetry"],
        ["Serving.Registry"] = ["Microsoft.Extensions", "OpenTelemetry"],
    };

    public static TheoryData<string> Projects => [.. Repository.Products.Keys];

    public static TheoryData<string> WithoutDriver =>
        [.. Forbidden.Where(f => f.Key.StartsWith("Models.", StringComparison.Ordinal) && f.Value.Contains("Npgsql")).Select(f => f.Key)];

    [Fact]
    public void Every_project_has_a_row_and_every_row_a_project() =>
        Repository.Products.Keys.Order(StringComparer.Ordinal).ShouldBe(Allowed.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_layers_below_it(string project) =>
        Repository.Products[project].ProjectReferences.Except(Allowed[project]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_no_package_that_its_layer_must_not_know(string project)
    {
        var forbidden = Forbidden.GetValueOrDefault(project, []);

        Repository.Products[project].PackageReferences
            .Where(package => forbidden.Any(prefix => package.StartsWith(prefix, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    /// <summary>A package comes with the projects below, so that a reference of one's own is not needed to use it.</summary>
    [Theory]
    [MemberData(nameof(WithoutDriver))]
    public void The_database_driver_is_not_used_through_the_projects_below(string project)
    {
        var path = Repository.Products[project].AssemblyPath;
        File.Exists(path).ShouldBeTrue($"{path} is missing: build the solution first");
        using var assembly = new PEReader(File.OpenRead(path));
        var metadata = assembly.GetMetadataReader();

        metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).ShouldNotContain("Npgsql");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_is_named_after_its_folder(string project)
    {
        var folder = Path.GetDirectoryName(Repository.Products[project].RelativePath)!.Replace('\\', '/');

        project.ShouldBe(folder.Replace('/', '.'));
    }
}
