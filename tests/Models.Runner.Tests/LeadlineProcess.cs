using System.Diagnostics;

namespace Models.Runner.Tests;

/// <summary>The command line as a person starts it: a process of its own.</summary>
internal static class LeadlineProcess
{
    public static Process Start(TestProject project, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "leadline.exe" : "leadline"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = project.Folder,
            Environment = { ["ConnectionStrings__warehouse"] = project.ConnectionString },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(TestProject project, params string[] arguments)
    {
        using var process = Start(project, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
