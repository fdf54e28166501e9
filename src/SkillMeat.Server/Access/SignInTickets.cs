using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SkillMeat.Server.Access;

/// <summary>Codes that sign in once, within a minute. The browser gets one in a file, which is removed after use.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SignInTickets(TimeProvider time)
{
    private const int Bytes = 24;

    private static readonly TimeSpan _valid = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Made, Action? Used)> _tickets = new(StringComparer.Ordinal);

    /// <summary>Makes a ticket.</summary>
    /// <param name="makeUse">Returns what is done after its use, given the ticket.</param>
    public string Create(Func<string, Action>? makeUse = null)
    {
        RemoveOld();
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        _tickets[ticket] = (time.GetTimestamp(), makeUse?.Invoke(ticket));
        return ticket;
    }

    /// <summary>Uses a ticket up. Returns false if there is none, or it is too old.</summary>
    public bool TryUse(string? ticket)
    {
        if (ticket is null || !_tickets.TryRemove(ticket, out var known)) return false;
        known.Used?.Invoke();
        return time.GetElapsedTime(known.Made) < _valid;
    }

    // Nobody uses them any more, and each has a file.
    private void RemoveOld()
    {
        foreach (var (ticket, _) in _tickets.Where(one => time.GetElapsedTime(one.Value.Made) >= _valid))
        {
            if (_tickets.TryRemove(ticket, out var known)) known.Used?.Invoke();
        }
    }

    /// <summary>Ends all tickets.</summary>
    public void Clear()
    {
        foreach (var ticket in _tickets.Keys)
        {
            if (_tickets.TryRemove(ticket, out var known)) known.Used?.Invoke();
        }
    }
}
