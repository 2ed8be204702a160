using System.Diagnostics;

namespace Models.Runner.Tests;

/// <summary>The command line as a person starts it: a process of its own.</summary>
internal static class LeadlineProcess
{
    public static Process Start(TestProject project, params string[] arguments) => Start(project, arguments, project.ConnectionString);

    private static Process Start(
        TestProject project, string[] arguments, string connectionString, IReadOnlyDictionary<string, string>? environment = null, string folder = "")
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "leadline.exe" : "leadline"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(project.Folder, folder),
            Environment = { ["ConnectionStrings__warehouse"] = connectionString },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestProject project, params string[] arguments) =>
        RunAsync(project, arguments, project.ConnectionString);

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(TestProject project, string[] arguments, string connectionString) =>
        EndAsync(Start(project, arguments, connectionString));

    public static Task<(
        int ExitCode, string Output, string Errors)> RunAsync(TestProject project, string[] arguments, IReadOnlyDictionary<string, string> environment) =>
        EndAsync(Start(project, arguments, project.ConnectionString, environment));

    /// <summary>Started in a folder of the project.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunInAsync(TestProject project, string folder, params string[] arguments) =>
        EndAsync(Start(project, arguments, project.ConnectionString, folder: folder));

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
