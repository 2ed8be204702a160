using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ServiceDefaults.Warehouse;

/// <summary>Adds the warehouse's data source.</summary>
public static class WarehouseStart
{
    public const string ConnectionName = "warehouse";

    /// <summary>
    /// Adds an <see cref="NpgsqlDataSource"/> for <c>ConnectionStrings__warehouse</c>, and a check before the start (<see cref="ServiceRun"/> makes it): a connection string
    /// that is missing, malformed or leads nowhere ends the service with a <see cref="ServiceException"/> of one line.
    /// </summary>
    public static TBuilder AddWarehouse<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(Text(services.GetRequiredService<IConfiguration>()))
            .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
            .Build());
        builder.Services.AddSingleton<IStartCheck, WarehouseCheck>();
        builder.Services.AddHealthChecks().AddCheck<WarehouseHealth>(ConnectionName);
        return builder;
    }

    /// <exception cref="ServiceException">It is missing or malformed.</exception>
    private static string Text(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ServiceException(
                $"No connection string for the warehouse: set ConnectionStrings__{ConnectionName}, " +
                "for example \"Host=localhost;Database=warehouse;Username=me;Password=...;Search Path=dev_me\".");
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException e)
        {
            throw new ServiceException($"ConnectionStrings__{ConnectionName} is malformed at '{e.ParamName}': no such keyword, or a value it cannot have.", e);
        }
    }
}
