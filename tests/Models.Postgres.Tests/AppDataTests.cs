using System.Diagnostics;
using Models.Postgres.Clusters;
using Models.Postgres.Machine;
using Models.Postgres.Roles;

namespace Models.Postgres.Tests;

public sealed class AppDataTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PostgresServerOptions AppData => new() { Purpose = PostgresPurpose.AppData, Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Data_stays_between_starts()
    {
        await using (var first = await PostgresServer.StartAsync(AppData, Cancellation))
            await Sql.ScalarAsync(first.ConnectionString(), "CREATE TABLE kept AS SELECT 42 AS answer");

        await using var second = await PostgresServer.StartAsync(AppData, Cancellation);
        (await Sql.ScalarAsync(second.ConnectionString(), "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Data_survives_a_server_that_was_killed_hard()
    {
        var first = await PostgresServer.StartAsync(AppData, Cancellation);
        await Sql.ScalarAsync(first.ConnectionString(), "CREATE TABLE kept AS SELECT 42 AS answer");
        using (var process = Process.GetProcessById(Sql.ServerProcess(_folder.Path)))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        await first.DisposeAsync();

        await using var second = await PostgresServer.StartAsync(AppData, Cancellation);
        (await Sql.ScalarAsync(second.ConnectionString(), "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task The_passwords_of_the_logins_are_kept_with_the_cluster_for_its_user_alone()
    {
        IReadOnlyDictionary<WarehouseLogin, string> first;
        await using (var prepared = await PreparedServer.PrepareAsync(AppData, Cancellation))
            first = prepared.Logins;
        await using var second = await PreparedServer.PrepareAsync(AppData, Cancellation);

        second.Logins.ShouldBe(first, ignoreOrder: true);
        first.Values.Append(second.Password).ShouldBeUnique();
        foreach (var (login, password) in first)
            (await File.ReadAllTextAsync(second.PassFile, Cancellation)).ShouldContain($":{WarehouseRoles.NameOf(login)}:{password}\n");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(_folder.Path, "p*"))
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public async Task Two_starts_at_once_keep_the_same_passwords()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => LoginPasswords.KeepAsync(_folder.Path, Cancellation))));

        foreach (var passwords in all)
            passwords.ShouldBe(all[0], ignoreOrder: true);
        Directory.EnumerateFiles(_folder.Path, "password.*").Count().ShouldBe(3, "no draft is left");
    }

    [Fact]
    public async Task A_pid_file_whose_number_another_program_has_is_no_obstacle()
    {
        await (await PostgresServer.StartAsync(AppData, Cancellation)).DisposeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "data", "postmaster.pid"),
            $"{Environment.ProcessId}\n{_folder.Path}/data\n1700000000\n5432\n{_folder.Path}/socket\n\n  1 1\nready   \n",
            Cancellation);

        await using var server = await PostgresServer.StartAsync(AppData, Cancellation);
        (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_dead_process_left_does_not_keep_others_out()
    {
        await (await PostgresServer.StartAsync(AppData, Cancellation)).DisposeAsync();
        // a living process has the dead one's number now
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "leases", $"{Environment.ProcessId}.left"), "", Cancellation);

        await using var server = await PostgresServer.StartAsync(AppData, Cancellation);
        (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_starts_at_once_end_in_one_server_and_one_clear_refusal()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                return (Server: (PostgresServer?)await PostgresServer.StartAsync(AppData, Cancellation), Error: (string?)null);
            }
            catch (PostgresServerException e)
            {
                return (Server: null, Error: e.Message);
            }
        }));

        starts.Count(start => start.Server is not null).ShouldBe(1);
        starts.Single(start => start.Error is not null).Error!.ShouldContain($"in use by process {Environment.ProcessId}");
        await starts.Single(start => start.Server is not null).Server!.DisposeAsync();
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName, "thesis.txt");
        await File.WriteAllTextAsync(file, "years of work", Cancellation);

        var error = await Should.ThrowAsync<PostgresServerException>(() => PostgresServer.StartAsync(AppData, Cancellation));

        error.Message.ShouldContain("holds files but no PostgreSQL cluster");
        (await File.ReadAllTextAsync(file, Cancellation)).ShouldBe("years of work");
    }

    [Fact]
    public async Task Data_of_another_PostgreSQL_version_is_left_alone()
    {
        await (await PostgresServer.StartAsync(AppData, Cancellation)).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "data", "PG_VERSION"), "14\n", Cancellation);

        var error = await Should.ThrowAsync<PostgresServerException>(() => PostgresServer.StartAsync(AppData, Cancellation));

        error.Message.ShouldContain("PostgreSQL 14");
    }

    [Fact]
    public async Task A_server_whose_last_user_was_killed_hard_stops()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "plays the user with a Unix program");
        var prepared = await PreparedServer.PrepareAsync(AppData, Cancellation);
        using var user = Process.Start("sleep", "600");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "leases", $"{user.Id}.test"), "", Cancellation);
        var (program, arguments, folder) = prepared.Command();
        using var server = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false })!;
        await UntilAsync(() => File.Exists(Path.Combine(_folder.Path, "data", "postmaster.pid")));

        await prepared.DisposeAsync();
        user.Kill();

        await server.WaitForExitAsync(Cancellation);
        File.Exists(Path.Combine(_folder.Path, "data", "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task Data_that_is_in_use_is_not_deleted()
    {
        await using var server = await PostgresServer.StartAsync(AppData, Cancellation);

        await Should.ThrowAsync<PostgresServerException>(() => PreparedServer.DeleteDataAsync(AppData, Cancellation));

        (await Sql.ScalarAsync(server.ConnectionString(), "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_is_said_in_one_line()
    {
        using var disk = await SmallDisk.MountAsync(Path.Combine(_folder.Path, "disk"), Cancellation);

        var error = await Should.ThrowAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(AppData with { Folder = disk.Path }, Cancellation));

        error.Message.ShouldContain("disk is full");
        error.Message.ShouldNotContain('\n');
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, Cancellation);
    }
}
