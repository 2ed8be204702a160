using CliWrap;
using CliWrap.Buffered;

namespace Models.Compiler.Packages;

/// <summary>Downloads repositories with the git client.</summary>
internal static class GitRepository
{
    /// <summary>Downloads one revision without its history; returns the commit.</summary>
    /// <exception cref="PackageException">git is not installed, or the repository or the revision cannot be read.</exception>
    public static async Task<string> CheckOutAsync(GitRequest request, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await RunAsync(request, folder, ["init", "--quiet"], cancellationToken);

        // a tag comes before a branch of the same name, as git itself decides
        await RunAsync(request, folder, ["fetch", "--quiet", "--depth", "1", "--", request.Address, request.Revision ?? "HEAD"], cancellationToken);
        await RunAsync(request, folder, ["checkout", "--quiet", "FETCH_HEAD"], cancellationToken);
        return (await RunAsync(request, folder, ["rev-parse", "HEAD"], cancellationToken)).Trim();
    }

    private static async Task<string> RunAsync(GitRequest request, string folder, string[] arguments, CancellationToken cancellationToken)
    {
        BufferedCommandResult result;
        try
        {
            // git must not ask for a password, because nobody may be there to answer
            result = await Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder)
                .WithEnvironmentVariables(e => e.Set("GIT_TERMINAL_PROMPT", "0").Set("LC_ALL", "C").Set("GIT_DIR", null).Set("GIT_WORK_TREE", null))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new PackageException($"the program git cannot be started ({missing.Message})", missing);
        }

        if (result.ExitCode == 0)
            return result.StandardOutput;

        var said = result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var reason = said.FirstOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal)) ?? said.LastOrDefault() ?? $"exit code {result.ExitCode}";
        throw new PackageException($"git says: {Hidden(request, reason)}");
    }

    /// <summary>Replaces the rendered address, which may hold a secret, by the one that is written in packages.yml.</summary>
    private static string Hidden(GitRequest request, string text)
    {
        text = text.Replace(request.Address.TrimEnd('/'), request.Origin, StringComparison.Ordinal);
        return Uri.TryCreate(request.Address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? text.Replace(uri.UserInfo, "*****", StringComparison.Ordinal)
            : text;
    }
}
