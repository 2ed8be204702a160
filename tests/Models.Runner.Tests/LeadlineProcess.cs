using System.Diagnostics;

namespace Models.Runner.Tests;

/// <summary>The command line as a person starts it: a process of its own.</summary>
internal static class LeadlineProcess
{
    public static Process Start(TestProject project, params string[] arguments) => Start(project, arguments, project.ConnectionString);

    private static Process Start(TestProject project, string[] arguments, string connectionString)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "leadline.exe" : "leadline"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project.Folder,
            Environment = { ["ConnectionStrings__warehouse"] = connectionString },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestProject project, params string[] arguments) =>
        RunAsync(project, arguments, project.ConnectionString);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(TestProject project, string[] arguments, string connectionString)
    {
        using var process = Start(project, arguments, connectionString);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
