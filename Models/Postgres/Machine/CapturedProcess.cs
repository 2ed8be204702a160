using System.ComponentModel;
using System.Diagnostics;

namespace Models.Postgres.Machine;

/// <summary>What a short-lived tool printed and how it ended.</summary>
internal sealed record CapturedProcess(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a tool to its end, with <paramref name="input"/> as all of its standard input. Cancelling kills it.</summary>
    /// <exception cref="PostgresServerException">The tool cannot be started.</exception>
    public static async Task<CapturedProcess> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string? workingDirectory = null, string input = "")
    {
        var start = StartInfo(program, arguments, workingDirectory);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new PostgresServerException($"'{program}' cannot be started: {e.Message}.", e);
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await WriteAsync(process.StandardInput, input);
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);

                // what it was writing into is the caller's to clear away
                await process.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            return new CapturedProcess(process.ExitCode, await output, await error);
        }
    }

    private static async Task WriteAsync(StreamWriter destination, string input)
    {
        try
        {
            await using (destination)
                await destination.WriteAsync(input);
        }
        catch (IOException)
        {
            // it ended without reading all of it; its exit code and messages say why
        }
    }

    /// <summary>
    /// A start that does not depend on the caller's surroundings: PostgreSQL's own variables are taken out, messages are in
    /// English, and the working folder is one every account may enter.
    /// </summary>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory ?? Path.GetPathRoot(Environment.SystemDirectory is { Length: > 0 } system ? system : "/")!,
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
