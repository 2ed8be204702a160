using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Models.Database.Sessions;

/// <summary>
/// The server's advisory locks that belong to a connection: the server releases them when the connection ends, however it ends.
/// Source: PostgreSQL documentation, 9.28.10 and the view pg_locks.
/// </summary>
internal static class AdvisoryLock
{
    /// <summary>Tries to take the exclusive lock <paramref name="key"/>; gives the connection's server process when it was free, else null.</summary>
    public static async Task<int?> TryTakeAsync(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select case when pg_try_advisory_lock($1) then pg_backend_pid() end", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = key } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    /// <summary>
    /// Takes a shared lock, which any number of connections may hold, and tells whether the server process
    /// <paramref name="holder"/> holds the exclusive lock <paramref name="key"/>.
    /// </summary>
    public static async Task<bool> ShareAsync(
        NpgsqlConnection connection, int group, int member, long key, int holder, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (
                select from pg_catalog.pg_locks
                where locktype = 'advisory' and granted and objsubid = 1 and pid = $4
                  and classid = ($3 >> 32 & 4294967295)::oid and objid = ($3 & 4294967295)::oid)
            from pg_advisory_lock_shared($1, $2)
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = group },
                new NpgsqlParameter<int> { TypedValue = member },
                new NpgsqlParameter<long> { TypedValue = key },
                new NpgsqlParameter<int> { TypedValue = holder },
            },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>The server processes that hold a shared lock of <paramref name="group"/> for another member than the given one.</summary>
    public static async Task<IReadOnlyList<(int Process, bool IsAtWork)>> OtherMembersAsync(
        NpgsqlConnection connection, int group, int member, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select l.pid, coalesce(a.state <> 'idle', true)
            from pg_catalog.pg_locks l
            join pg_catalog.pg_database d on d.oid = l.database and d.datname = current_database()
            left join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1::oid and l.objid <> $2::oid
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = group }, new NpgsqlParameter<int> { TypedValue = member } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var members = new List<(int, bool)>();
        while (await reader.ReadAsync(cancellationToken))
            members.Add((reader.GetInt32(0), reader.GetBoolean(1)));
        return members;
    }

    /// <summary>A key for a name: PostgreSQL's keys are numbers.</summary>
    public static long Key(string name) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>A key for a name, where the server takes two numbers.</summary>
    public static int Group(string name) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
