using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ServiceDefaults.Warehouse;

/// <summary>Opens one connection before the service starts, so that a wrong connection string is reported at once.</summary>
internal sealed class WarehouseCheck(IConfiguration configuration, IServiceProvider services) : IStartCheck
{
    private const string Setting = $"ConnectionStrings__{WarehouseStart.ConnectionName}";

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var place = Parse(configuration.GetConnectionString(WarehouseStart.ConnectionName));
        try
        {
            // resolved here, after the text was checked: building the data source fails on a malformed one
            await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            var reason = (e as PostgresException)?.MessageText ?? e.InnerException?.Message ?? e.Message;
            throw new ServiceException(
                $"The warehouse '{place.Database}' at {place.Host}:{place.Port} cannot be reached: {reason.ReplaceLineEndings(" ").TrimEnd('.')}. " +
                $"Check {Setting}, and that the server runs.", e);
        }
    }

    /// <exception cref="ServiceException">It is missing or malformed.</exception>
    private static NpgsqlConnectionStringBuilder Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ServiceException(
                $"No connection string for the warehouse: set {Setting}, " +
                "for example \"Host=localhost;Database=warehouse;Username=me;Password=...;Search Path=dev_me\".");
        }

        try
        {
            var place = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrWhiteSpace(place.Host) ? throw new ServiceException($"{Setting} names no server: add \"Host=...\" to it.") : place;
        }
        catch (ArgumentException e)
        {
            throw new ServiceException(e.ParamName is { Length: > 0 } keyword
                ? $"{Setting} is malformed at '{keyword}': no such keyword, or a value it cannot have."
                : $"{Setting} is malformed: it is not a list of 'Keyword=value' parts separated by semicolons.", e);
        }
    }
}
