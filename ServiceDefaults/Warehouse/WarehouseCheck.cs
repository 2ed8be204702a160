using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ServiceDefaults.Warehouse;

/// <summary>Opens one connection before the service starts, so that a wrong connection string is said at once.</summary>
internal sealed class WarehouseCheck(IServiceProvider services) : IStartCheck
{
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // asked for here: building the source says what is wrong with the text
        var source = services.GetRequiredService<NpgsqlDataSource>();
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            var place = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            var reason = (e as PostgresException)?.MessageText ?? e.InnerException?.Message ?? e.Message;
            throw new ServiceException(
                $"The warehouse '{place.Database}' at {place.Host}:{place.Port} cannot be reached: {reason.TrimEnd('.')}. " +
                $"Check ConnectionStrings__{WarehouseStart.ConnectionName}, and that the server runs.", e);
        }
    }
}
