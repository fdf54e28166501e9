using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Events;

/// <summary>The events of the home.</summary>
internal sealed class EventEndpoints(ServedHome home)
{
    private static readonly TimeSpan _ping = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(200);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events", SendAsync)
        .Describe("WatchHome", "Sends 'changed' with the kinds and collections that changed, by whatever program, as server-sent events, and 'ping' every 15 seconds.").ReturnsEvents<HomeChangedJson>();

    private async Task SendAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, home.Stopping);
        var channel = home.Events.Listen();
        try
        {
            var stream = await EventStream.BeginAsync(context);
            Task<bool>? hasEvent = null;
            while (!stop.IsCancellationRequested)
            {
                hasEvent ??= channel.Reader.WaitToReadAsync(stop.Token).AsTask();
                if (await Task.WhenAny(hasEvent, Task.Delay(_ping, home.Time, stop.Token)) != hasEvent)
                {
                    if (!stop.IsCancellationRequested) await stream.WriteAsync("ping", "{}");
                    continue;
                }

                hasEvent = null;
                await Task.Delay(_quiet, home.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (Collect(channel) is { } change) await stream.WriteAsync("changed", ServiceJson.TextOf(change));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            home.Events.Leave(channel);
        }
    }

    // Several changes in a moment are one event.
    private static HomeChangedJson? Collect(Channel<HomeChangedJson> channel)
    {
        var changes = new List<HomeChangedJson>();
        while (channel.Reader.TryRead(out var change)) changes.Add(change);
        return changes.Count == 0 ? null : new HomeChangedJson(
            [.. changes.SelectMany(one => one.Kinds).Distinct().Order(StringComparer.Ordinal)],
            [.. changes.SelectMany(one => one.Collections).Distinct().Order(StringComparer.Ordinal)],
            changes.Exists(one => one.All));
    }
}
