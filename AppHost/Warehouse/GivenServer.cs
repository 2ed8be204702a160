using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Models.Postgres.Binaries;
using Models.Postgres.Machine;
using Models.Postgres.Roles;
using Npgsql;

namespace AppHost.Warehouse;

/// <summary>
/// The server that <c>LEADLINE_POSTGRES</c> names, made ready before anything starts. Its user makes the roles of the services where it
/// may. The password of a login that is there already is never changed, because other applications may use it.
/// </summary>
internal sealed class GivenServer
{
    /// <summary>The database that the worker makes on the warehouse's server for the cars' contract, where no other is configured.</summary>
    private const string SourceDatabase = "products";

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _target;
    private readonly IConfiguration _configuration;

    private GivenServer(string connectionString, string target, IConfiguration configuration)
    {
        _settings = new NpgsqlConnectionStringBuilder(connectionString);
        _target = target;
        _configuration = configuration;
    }

    private string Place => $"{_settings.Host}:{_settings.Port}";

    /// <summary>Gives each service its connection string: with its own login, or as it was given where that cannot be, which one line says.</summary>
    /// <exception cref="PostgresServerException">The server cannot be reached, no database is named, or a configured password is wrong.</exception>
    public static async Task<IReadOnlyDictionary<WarehouseLogin, string>> PrepareAsync(string connectionString, string target, IConfiguration configuration)
    {
        var server = new GivenServer(connectionString, target, configuration);
        await server.RequireAsync();
        var passwords = await server.PasswordsAsync();
        if (await server.TryMakeRolesAsync(passwords) is not { } reason)
            return passwords.ToDictionary(login => login.Key, login => server.As(login.Key, login.Value));

        Console.WriteLine(
            $"note: All services connect as '{await server.UserAsync()}', because {reason}. docs/hosting.md says how to give each its own login.");
        return passwords.ToDictionary(login => login.Key, _ => connectionString);
    }

    private async Task RequireAsync()
    {
        if (_settings.Database is not { Length: > 0 })
            throw new PostgresServerException($"{LeadlinePostgres.Variable} names no database: add 'Database=...' to it.");

        try
        {
            await using var connection = await OpenAsync(_settings.ConnectionString);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new PostgresServerException(
                $"The server at {Place} that {LeadlinePostgres.Variable} names cannot be reached: {Reason(e)}. " +
                "Start or correct it, or leave the variable out for a server of this machine.");
        }
    }

    /// <summary>The configured passwords, else those that are kept for this server.</summary>
    private async Task<IReadOnlyDictionary<WarehouseLogin, string>> PasswordsAsync()
    {
        var configured = Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, login => LoginParameter.Find(_configuration, login) ?? "");
        if (configured.Values.All(password => password.Length > 0))
            return configured;

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await IdentityAsync())))[..12];
        try
        {
            var kept = await LoginPasswords.KeepAsync(Path.Combine(LeadlineFolders.Data, "servers", name), CancellationToken.None);
            return configured.ToDictionary(login => login.Key, login => login.Value.Length > 0 ? login.Value : kept[login.Key]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PostgresServerException($"The passwords for {Place} cannot be kept: {e.Message}", e);
        }
    }

    /// <returns>Null where every login can be used, else the reason why not.</returns>
    private async Task<string?> TryMakeRolesAsync(IReadOnlyDictionary<WarehouseLogin, string> passwords)
    {
        var existing = await ExistingAsync(passwords.Keys);
        if (await FindRefusedAsync(passwords.Where(login => existing.Contains(login.Key))) is { } refused)
            return refused;

        try
        {
            var roles = new RoleSettings(_target, passwords) { Sources = [SourceDatabase] };
            await WarehouseRoles.EnsureAsync(_settings.ConnectionString, roles, CancellationToken.None);
        }
        catch (PostgresException e)
        {
            // that user need not be able to where an administrator has made them
            if (existing.Count < passwords.Count || !await HaveRightsAsync())
                return $"the roles of the services cannot be made for the schemas {_target}_... of database '{_settings.Database}': {Reason(e)}";
        }

        return await FindRefusedAsync(passwords);
    }

    /// <summary>Whether somebody has run roles.sql in this database, and the worker can build into the target's schemas that are there.</summary>
    private async Task<bool> HaveRightsAsync()
    {
        await using var connection = await OpenAsync(_settings.ConnectionString);
        await using var command = new NpgsqlCommand(
            """
            select has_database_privilege($1, current_database(), 'create') and has_schema_privilege($2, to_regnamespace('leadline')::oid, 'usage')
                and not exists (
                    select from pg_namespace where (nspname = $3 or starts_with(nspname, $3 || '_')) and not pg_has_role($1, nspowner, 'usage'))
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WarehouseRoles.NameOf(WarehouseLogin.Worker) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = WarehouseRoles.NameOf(WarehouseLogin.Api) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _target });
        return await command.ExecuteScalarAsync() is true;
    }

    private async Task<IReadOnlySet<WarehouseLogin>> ExistingAsync(IEnumerable<WarehouseLogin> logins)
    {
        await using var connection = await OpenAsync(_settings.ConnectionString);
        await using var command = new NpgsqlCommand("select to_regrole($1) is not null", connection) { Parameters = { new NpgsqlParameter<string>() } };
        var existing = new HashSet<WarehouseLogin>();
        foreach (var login in logins)
        {
            ((NpgsqlParameter<string>)command.Parameters[0]).TypedValue = WarehouseRoles.NameOf(login);
            if (await command.ExecuteScalarAsync() is true)
                existing.Add(login);
        }

        return existing;
    }

    /// <exception cref="PostgresServerException">The password of the refused login was configured.</exception>
    private async Task<string?> FindRefusedAsync(IEnumerable<KeyValuePair<WarehouseLogin, string>> logins)
    {
        foreach (var (login, password) in logins)
        {
            try
            {
                await using var connection = await OpenAsync(As(login, password));
            }
            catch (NpgsqlException e)
            {
                var refusal = $"the server at {Place} refuses '{WarehouseRoles.NameOf(login)}': {Reason(e)}";
                if (LoginParameter.Find(_configuration, login) is not null)
                    throw new PostgresServerException($"With the password in {LoginParameter.KeyOf(login)} {refusal}. Correct it, or leave it out.");

                return $"{refusal} (its password can be given as {LoginParameter.KeyOf(login)})";
            }
        }

        return null;
    }

    private string As(WarehouseLogin login, string password)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Username = WarehouseRoles.NameOf(login), Password = password };
        settings.Remove(nameof(settings.Passfile));
        return settings.ConnectionString;
    }

    /// <summary>The same for all addresses of a server, where it says what it is.</summary>
    private async Task<string> IdentityAsync()
    {
        await using var connection = await OpenAsync(_settings.ConnectionString);
        await using var command = new NpgsqlCommand("select system_identifier::text from pg_control_system()", connection);
        try
        {
            return (string)(await command.ExecuteScalarAsync())!;
        }
        catch (PostgresException)
        {
            return Place;
        }
    }

    private async Task<string> UserAsync()
    {
        await using var connection = await OpenAsync(_settings.ConnectionString);
        await using var command = new NpgsqlCommand("select current_user::text", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static string Reason(Exception e) =>
        ((e as PostgresException)?.MessageText ?? e.InnerException?.Message ?? e.Message).ReplaceLineEndings(" ").TrimEnd('.');
}
