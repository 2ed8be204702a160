using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ServiceDefaults.Warehouse;

/// <summary>Adds the warehouse's data source.</summary>
public static class WarehouseStart
{
    public const string ConnectionName = "warehouse";

    /// <summary>
    /// Adds an <see cref="Npgsql.NpgsqlDataSource"/> for <c>ConnectionStrings__warehouse</c>, with its health check, traces and
    /// metrics, and a check before the start (<see cref="ServiceRun"/> makes it): a connection string that is missing, malformed or
    /// leads nowhere ends the service with a <see cref="ServiceException"/> of one line.
    /// </summary>
    /// <param name="configure">Changes what connections are like for this service.</param>
    public static TBuilder AddWarehouse<TBuilder>(this TBuilder builder, Action<NpgsqlDataSourceBuilder>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddNpgsqlDataSource(ConnectionName, configureDataSourceBuilder: configure);
        builder.Services.AddSingleton<IStartCheck, WarehouseCheck>();
        return builder;
    }
}
