using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;

namespace Models.Compiler;

/// <summary>
/// A project after parsing: its graph, its target and the templates ready to render. Everything behind the compiler starts here:
/// the build analyses it, the runner runs it.
/// </summary>
public sealed class ParsedProject
{
    public required string Name { get; init; }

    public required ProjectGraph Graph { get; init; }

    public required DiagnosticBag Diagnostics { get; init; }

    public required CompileOptions Options { get; init; }
}
