using System.CommandLine;
using Models.Database;
using Models.Database.Sessions;
using Models.Diagnostics;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.Targets;
using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Project.Graph;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <summary><c>leadline run-operation</c>: calls one macro.</summary>
internal sealed class RunOperationCommand : Command
{
    private readonly Argument<string?> _macro = new("macro") { Description = "The macro's name, or package.name.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _sql = new("--sql") { Description = "SQL to execute instead of a macro; its templates are rendered." };
    private readonly Option<string?> _arguments = new("--args") { Description = "The macro's arguments as a YAML mapping." };
    private readonly Option<int?> _threads = new("--threads") { Description = "Accepted for compatibility with dbt and ignored.", Hidden = true };

    public RunOperationCommand()
        : base("run-operation", "Calls a macro, or executes SQL, for what it does in the database.")
    {
        Arguments.Add(_macro);
        Options.Add(_arguments);
        Options.Add(_sql);
        Options.Add(_threads);
        SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer => RunAsync(parsed, observer, cancellationToken)));
    }

    public async Task<int> RunAsync(ParseResult parsed, IRunObserver observer, CancellationToken cancellationToken)
    {
        var sql = parsed.GetValue(_sql);
        if (parsed.GetValue(_macro) is not { } name)
            return sql is null ? throw Usage() : await ExecuteAsync(sql, parsed, observer, cancellationToken);
        if (sql is not null)
            throw Usage();

        var arguments = CommandLineVars.Parse(parsed.GetValue(_arguments), "--args");
        var options = GlobalOptions.Compile(parsed);
        options = options with { Flags = new Dictionary<string, object?>(options.Flags) { ["macro"] = name, ["args"] = new JinjaDict(arguments) } };
        var project = ProjectLoader.Load(options, observer, cancellationToken);
        await using var target = TargetAccess.Open(project, observer);
        var started = TimeProvider.System.GetUtcNow();
        var failure = await CallAsync(target, name, new CallArguments([], [.. arguments]));
        var ended = TimeProvider.System.GetUtcNow();
        if (Called(project, name) is not { } macro)
            return ExitCodes.Failed;

        var result = new NodeResult
        {
            Node = macro,
            Status = failure is null ? NodeStatus.Success : NodeStatus.Error,
            Message = failure ?? "",
            Failures = failure is null ? 0 : 1,
            StartedAt = started,
            CompileCompletedAt = started,
            CompletedAt = ended,
            Worker = 1,
        };
        RunArtifacts.Write(
            project,
            new RunSummary(project.Options.InvocationId, started, ended - started, [result]),
            new RunOptions { Verb = RunVerb.Run, Which = Name, Compile = project.Options });
        return failure is null ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static RunException Usage() => new("Give run-operation the name of a macro, or --sql with the SQL to execute.");

    private static async Task<int> ExecuteAsync(string sql, ParseResult parsed, IRunObserver observer, CancellationToken cancellationToken)
    {
        var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
        await using var target = TargetAccess.Open(project, observer);
        try
        {
            var rendered = project.RenderText(sql, default, node: null, target.Connection);
            var outcome = await target.Session.ExecuteAsync([rendered], cancellationToken);
            observer.Message($"{outcome}", isWarning: false);
            return ExitCodes.Success;
        }
        catch (Exception failure) when (Failures.IsAnswer(failure))
        {
            await Console.Error.WriteLineAsync(Failures.Describe(failure));
            return ExitCodes.Failed;
        }
    }

    /// <summary>Returns the error, which is also reported; null on success.</summary>
    private static async Task<string?> CallAsync(TargetAccess target, string name, CallArguments arguments)
    {
        try
        {
            target.Project.CallMacro(name, arguments, target.Connection);
            return null;
        }
        catch (Exception failure) when (Failures.IsAnswer(failure))
        {
            var message = Failures.Describe(failure);
            await Console.Error.WriteLineAsync(message);
            return message;
        }
    }

    /// <summary>The macro as a node in the results; null if it does not exist.</summary>
    private static OperationNode? Called(ParsedProject project, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var named = project.MacrosNamed(name[(dot + 1)..]).Where(m => dot < 0 || m.PackageName == name[..dot]);
        var macro = named.OrderByDescending(m => m.PackageName == project.Name).FirstOrDefault();
        return macro is null ? null : new OperationNode
        {
            UniqueId = macro.UniqueId,
            Name = macro.Name,
            PackageName = macro.PackageName,
            OriginalFilePath = "",
            Span = default,
            Fqn = macro.UniqueId.Split('.'),
            Source = new SourceText("", ""),
            IsOnRunStart = false,
            Index = 0,
        };
    }
}
