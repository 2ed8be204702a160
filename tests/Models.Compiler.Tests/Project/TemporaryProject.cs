using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Nodes;

namespace Models.Compiler.Tests.Project;

/// <summary>A project in a folder of its own, made of the files a test writes; without more it is valid and empty.</summary>
internal sealed class TemporaryProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leadline-project-").FullName;

    public TemporaryProject(string settings = "")
    {
        Write("dbt_project.yml", $"name: shop\nversion: '1.0'\nprofile: shop\n{settings}\n");
        Write(
            "profiles.yml",
            """
            shop:
              target: dev
              outputs:
                dev: {type: postgres, host: localhost, port: 5432, user: me, password: secret, dbname: warehouse, schema: dev, threads: 3}
                prod: {type: postgres, host: localhost, port: 5432, user: me, password: secret, dbname: warehouse, schema: prod}
            """);
    }

    public CompileOptions Options => new() { ProjectDirectory = _folder };

    public string PathOf(string file) => Path.Combine(_folder, file.Replace('/', Path.DirectorySeparatorChar));

    public TemporaryProject Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    /// <summary>Models of one line each: <c>("a", "select 1 as id")</c>.</summary>
    public TemporaryProject Models(params ReadOnlySpan<(string Name, string Sql)> models)
    {
        foreach (var (name, sql) in models)
            Write($"models/{name}.sql", sql);

        return this;
    }

    public ParsedProject Parse(Func<CompileOptions, CompileOptions>? change = null) =>
        ProjectParser.Parse(change is null ? Options : change(Options), TestContext.Current.CancellationToken);

    /// <summary>What is found wrong, as <c>models/x.sql(1,2): error MDL3001: ...</c>.</summary>
    public IReadOnlyList<string> Diagnose(Func<CompileOptions, CompileOptions>? change = null) => [.. Parse(change).Diagnostics.ToSortedList().Select(Show)];

    /// <summary>A node's SQL with single blanks, compiled against an empty database.</summary>
    public string Compile(string uniqueId, CompileMode? mode = null, IAdapterConnection? connection = null)
    {
        var project = Parse();
        project.Diagnostics.ToSortedList().Where(d => d.Severity == DiagnosticSeverity.Error).Select(Show).ShouldBeEmpty();
        return OneLine(project.Compile(project.Graph[uniqueId], connection ?? new EmptyDatabase(), mode).Sql);
    }

    /// <summary>What <c>{{ expression }}</c> prints in a model of the project.</summary>
    public string Evaluate(string expression)
    {
        Write("models/evaluated.sql", expression);
        return Compile("model.shop.evaluated");
    }

    public string Show(Diagnostic diagnostic) =>
        diagnostic.ToString()
            .Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(_folder, "", StringComparison.Ordinal).Replace('\\', '/');

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A database that holds nothing: for templates that ask, and must be answered.</summary>
internal sealed class EmptyDatabase : IAdapterConnection
{
    public QueryResult Execute(string sql) => QueryResult.Empty;

    public IReadOnlyList<AdapterRelation> ListRelations(string schema) => [];

    public IReadOnlyList<AdapterColumn> ListColumns(Relation relation) => [];
}
