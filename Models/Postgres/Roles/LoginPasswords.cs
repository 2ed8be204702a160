using System.Security.Cryptography;
using Models.Postgres.Machine;

namespace Models.Postgres.Roles;

/// <summary>The passwords of a server's logins, kept in a folder: a file each, readable by its user alone.</summary>
public static class LoginPasswords
{
    /// <summary>Reads the passwords; makes random ones where there are none. Two callers at once get the same.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or a file in it, is another user's.</exception>
    public static async Task<IReadOnlyDictionary<WarehouseLogin, string>> KeepAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await using var folderLock = await FolderLock.AcquireAsync(Path.Combine(folder, "logins.lock"), cancellationToken);
        var passwords = new Dictionary<WarehouseLogin, string>();
        foreach (var login in Enum.GetValues<WarehouseLogin>())
        {
            var file = Path.Combine(folder, $"password.{login.ToString().ToLowerInvariant()}");
            if (!File.Exists(file))
                await CreateAsync(file, cancellationToken);
            passwords[login] = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        }

        return passwords;
    }

    /// <summary>Written whole under another name first, so that a process killed here leaves no part of a password.</summary>
    private static async Task CreateAsync(string file, CancellationToken cancellationToken)
    {
        var draft = $"{file}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(draft, options))
            await writer.WriteAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)).AsMemory(), cancellationToken);

        File.Move(draft, file);
    }
}
