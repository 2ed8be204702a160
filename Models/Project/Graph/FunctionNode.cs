using Models.Diagnostics;
using Models.Jinja.Parsing;

namespace Models.Project.Graph;

/// <summary>
/// A .sql file below the function paths: the body of a function in the warehouse, whose arguments and result a properties file declares.
/// Source: docs.getdbt.com/docs/build/udfs.
/// </summary>
public sealed record FunctionNode : RelationNode, ITemplatedNode
{
    public override ResourceType ResourceType => ResourceType.Function;

    public required SourceText Source { get; init; }

    public IReadOnlyList<FunctionArgument> Arguments { get; init; } = [];

    public FunctionReturns Returns { get; init; } = new("", null);

    /// <summary>Functions of the same name with other arguments.</summary>
    public IReadOnlyList<FunctionOverload> Overloads { get; init; } = [];

    /// <summary>The function itself and each overload, as nodes that differ in body, arguments and result.</summary>
    public IEnumerable<FunctionNode> Variants => Overloads.Select(As).Prepend(this);

    private FunctionNode As(FunctionOverload overload) => this with
    {
        Source = overload.Source,
        LazyTemplate = new(() => TemplateReader.Read(overload.Source, new DiagnosticBag())),
        Arguments = overload.Arguments,
        Returns = overload.Returns ?? Returns,
        Overloads = [],
    };
}

/// <param name="Name">The name, unquoted.</param>
/// <param name="DataType">The type as PostgreSQL spells it.</param>
/// <param name="Description">The description, or null.</param>
/// <param name="Default">An SQL expression, or null if callers must give the argument.</param>
public sealed record FunctionArgument(string Name, string DataType, string? Description, object? Default);

public sealed record FunctionReturns(string DataType, string? Description);

/// <summary>A function of the same name with other arguments.</summary>
/// <param name="DefinedIn">The name of its file, without extension.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Returns">Its result; null for that of the function itself.</param>
/// <param name="Description">The description, or null.</param>
/// <param name="Source">Its body.</param>
public sealed record FunctionOverload(
    string DefinedIn, IReadOnlyList<FunctionArgument> Arguments, FunctionReturns? Returns, string? Description, SourceText Source);
