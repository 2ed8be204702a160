using System.CommandLine;
using System.Data.Common;
using Models.Database;
using Models.Database.Sessions;
using Models.Diagnostics;
using Models.Engine;
using Models.Postgres.Machine;
using Models.Runner.Flags;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <summary>Runs every command with a reporter, and reports its errors in one line.</summary>
internal static class CommandFrame
{
    /// <param name="parsed">The command line.</param>
    /// <param name="work">The command; returns the exit code.</param>
    /// <param name="printsData">True if standard output is the command's result, so that messages go to standard error.</param>
    public static async Task<int> RunAsync(ParseResult parsed, Func<IRunObserver, Task<int>> work, bool printsData = false)
    {
        var style = ReportFlags.Style(parsed);
        var secrets = GlobalOptions.Secrets(parsed);
        if (secrets.Any)
            Console.SetError(SecretHidingWriter.Around(Console.Error, secrets));
        var stream = new StreamWriter(printsData ? Console.OpenStandardError() : Console.OpenStandardOutput()) { AutoFlush = true };
        await using var output = SecretHidingWriter.Around(stream, secrets);
        using var live = !printsData && !ReportFlags.IsJson(parsed) && style is { Colour: true, Quiet: false } && !Console.IsOutputRedirected
            ? new LiveReporter(Spectre.Console.AnsiConsole.Console, style, TimeProvider.System)
            : null;
        IRunObserver reporter = ReportFlags.IsJson(parsed)
            ? new JsonReporter(output, style, GlobalOptions.Invocation, TimeProvider.System)
            : live ?? (IRunObserver)new LineReporter(output, style, TimeProvider.System);
        try
        {
            using var log = ReportFlags.LogFolder(parsed) is { } folder ? LogFile.Open(folder, reporter, secrets, TimeProvider.System) : null;
            return await work(SynchronizedObserver.Around(log ?? reporter));
        }
        catch (RunException mistake)
        {
            foreach (var diagnostic in mistake.Diagnostics)
                await Console.Error.WriteLineAsync(style.Paint(diagnostic.ToString(), diagnostic.Severity == DiagnosticSeverity.Error ? Tone.Bad : Tone.Warn));
            await Console.Error.WriteLineAsync(style.Paint(mistake.Message, Tone.Bad));
            return ExitCodes.Unusable;
        }
        catch (Exception refused) when (Failures.IsRefusal(refused))
        {
            await Console.Error.WriteLineAsync(style.Paint(Failures.Describe(refused), Tone.Bad));
            return ExitCodes.Unusable;
        }
        catch (DbException unreachable)
        {
            await Console.Error.WriteLineAsync(
                style.Paint($"{unreachable.Message.ReplaceLineEndings(" ")}; 'leadline debug' shows the connection in force.", Tone.Bad));
            return ExitCodes.Unusable;
        }
        catch (Exception mistake) when (
            mistake is DiagnosticException or NoConnectionException or PostgresServerException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(style.Paint(mistake.Message.ReplaceLineEndings(" "), Tone.Bad));
            return ExitCodes.Unusable;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(style.Paint("Cancelled.", Tone.Bad));
            return ExitCodes.Unusable;
        }
        catch (Exception ours)
        {
            // user errors do not get here; the whole exception is written to a file for a bug report
            var file = Path.Combine(Path.GetTempPath(), $"leadline-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt");
            await File.WriteAllTextAsync(file, secrets.Hide(ours.ToString()));
            await Console.Error.WriteLineAsync(
                style.Paint($"MDL9001: internal error in leadline: {ours.Message.ReplaceLineEndings(" ")} Please report it with {file}.", Tone.Bad));
            return ExitCodes.Unusable;
        }
    }
}
