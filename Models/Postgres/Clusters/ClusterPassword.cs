using System.Security.Cryptography;
using Models.Postgres.Binaries;
using Models.Postgres.Machine;

namespace Models.Postgres.Clusters;

/// <summary>
/// The superuser's password of one cluster, in the file <c>password</c> beside it. It is set while no server runs, in single-user mode
/// (https://www.postgresql.org/docs/current/app-postgres.html), because a cluster starts as a copy that holds the template's password.
/// </summary>
internal sealed class ClusterPassword(string folder, PostgresBinaries binaries, ServerAccount account)
{
    private string PasswordFile => Path.Combine(folder, "password");

    /// <summary>Written before the cluster changes and renamed after it, so that a crash between the two locks nobody out.</summary>
    private string NextFile => Path.Combine(folder, "password.next");

    public string Current => File.ReadAllText(PasswordFile).Trim();

    /// <summary>Gives the cluster in <paramref name="data"/> a new random password; on Windows it keeps the template's.</summary>
    /// <remarks>There, single-user mode is refused to administrators, and the files are the user's alone anyway.</remarks>
    public async Task RenewAsync(string data, ClusterTemplate template, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Copy(template.PasswordFile, PasswordFile, overwrite: true);
            return;
        }

        await File.WriteAllTextAsync(NextFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancellationToken);
        await account.OwnAsync(NextFile, cancellationToken);
        await SetAsync(data, cancellationToken);
    }

    /// <summary>Renews the password of a cluster that still has the template's, and finishes a change that was cut short.</summary>
    public async Task EnsureOwnAsync(string data, ClusterTemplate template, CancellationToken cancellationToken)
    {
        if (File.Exists(NextFile))
            await SetAsync(data, cancellationToken);
        else if (File.Exists(template.PasswordFile) && (await File.ReadAllTextAsync(template.PasswordFile, cancellationToken)).Trim() == Current)
            await RenewAsync(data, template, cancellationToken);
    }

    private async Task SetAsync(string data, CancellationToken cancellationToken)
    {
        var next = (await File.ReadAllTextAsync(NextFile, cancellationToken)).Trim();
        var run = await account.RunAsync(
            binaries.Program("postgres"), ["--single", "-D", data, "postgres"], cancellationToken,
            input: $"alter role {PostgresCluster.UserName} password '{next}'\n");

        // in single-user mode a statement that fails does not change the exit code
        if (run.ExitCode != 0 || run.Error.Contains("ERROR:", StringComparison.Ordinal))
            throw new PostgresServerException($"The password of the cluster in '{folder}' cannot be set: {ServerLog.FirstError(run.Error)}");

        File.Move(NextFile, PasswordFile, overwrite: true);
    }
}
