using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Models.Project.Configuration;
using Npgsql;

namespace Models.Database.Targets;

/// <summary>What a target says about connections to it, and the message for a connection that failed.</summary>
public static class TargetConnection
{
    public static string? Role(Target target) => target.Fields.GetValueOrDefault("role") as string is { Length: > 0 } role ? role : null;

    /// <summary>How often a first connection that failed is tried again; once where the profile does not say, as in dbt.</summary>
    public static int Retries(Target target) =>
        int.TryParse($"{target.Fields.GetValueOrDefault("retries")}", CultureInfo.InvariantCulture, out var retries) ? retries : 1;

    /// <summary>One line for a connection that did not come about.</summary>
    public static RunException Explain(DbException failure, Target target)
    {
        var settings = new NpgsqlConnectionStringBuilder(target.ConnectionString);
        var place = $"{settings.Host}:{settings.Port}";
        var asked = target.IsGiven ? "ConnectionStrings__warehouse" : $"target '{target.Name}'";
        var text = failure switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
                $"The server at {place} refused user '{settings.Username}': {refused.MessageText}. Check user and password of {asked}.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"The server at {place} has no database '{settings.Database}'. Create it, or name another in {asked}.",
            PostgresException refused => $"The server at {place} refused the connection: {refused.MessageText}.",
            { InnerException: SocketException or TimeoutException } =>
                $"No PostgreSQL server answers at {place}: {failure.InnerException.Message}. Start it, or correct host and port of {asked}.",
            _ => $"The connection to {place} failed: {failure.Message.ReplaceLineEndings(" ")}",
        };
        return new RunException(text, failure);
    }
}
