using Models.Analysis;
using Models.Diagnostics;
using Models.Project.Configuration;

namespace Models.Compiler.Tests.Analysis;

/// <summary>A small project in a folder of its own: a source of orders, a model on it, and what a test adds.</summary>
internal sealed class ShopProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leadline-shop-").FullName;

    public ShopProject()
    {
        Write(
            "dbt_project.yml",
            """
            name: shop
            version: "1.0"
            profile: shop
            seed-paths: [seeds]
            models:
              shop:
                +schema: marts
            """);
        Write(
            "profiles.yml",
            """
            shop:
              target: dev
              outputs:
                dev: {type: postgres, host: localhost, port: 5432, user: shop, password: shop, dbname: warehouse, schema: dev, threads: 2}
            """);
        Write(
            "models/sources.yml",
            """
            sources:
              - name: raw
                tables:
                  - name: orders
                    columns:
                      - {name: order_id, data_type: int}
                      - {name: customer, data_type: text}
                      - {name: amount, data_type: "numeric(10,2)"}
                      - {name: ordered_at, data_type: timestamptz}
                  - name: customers
                    columns:
                      - {name: customer, data_type: text}
                      - {name: city, data_type: text}
            """);
        Write("models/orders.sql", "select order_id, customer, amount, ordered_at from {{ source('raw', 'orders') }}");
    }

    public string OutputFolder => Path.Combine(_folder, "obj");

    public string PathOf(string file) => Path.Combine(_folder, file.Replace('/', Path.DirectorySeparatorChar));

    public ShopProject Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    public Task<CompilationResult> CompileAsync(Func<BuildOptions, BuildOptions>? change = null)
    {
        var build = new BuildOptions { WriteArtifacts = false };
        return ProjectCompiler.CompileAsync(
            new CompileOptions { ProjectDirectory = _folder }, change is null ? build : change(build), TestContext.Current.CancellationToken);
    }

    /// <summary>Compiles, and returns what was found as <c>models/x.sql(1,2): error MDL5001: ...</c>.</summary>
    public async Task<IReadOnlyList<string>> DiagnoseAsync(Func<BuildOptions, BuildOptions>? change = null) =>
        [.. (await CompileAsync(change)).Diagnostics.Select(Show)];

    public string Show(Diagnostic diagnostic) =>
        diagnostic.ToString().Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace('\\', '/');

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

internal static class CompilationResults
{
    /// <summary>A node's columns as <c>name type</c>, by the node's name.</summary>
    public static IReadOnlyList<string> ColumnsOf(this CompilationResult result, string name)
    {
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        return [.. result.Node(name).Columns.Select(c => $"{c.Name} {c.Type}")];
    }

    public static AnalysedNode Node(this CompilationResult result, string name) =>
        result.Nodes.Single(n => n.Key.EndsWith($".{name}", StringComparison.Ordinal)).Value;
}
