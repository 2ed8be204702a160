using System.Net;
using System.Net.Sockets;

namespace Models.Postgres.Clusters;

/// <summary>Asks the system for a loopback port that nobody listens on now.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
