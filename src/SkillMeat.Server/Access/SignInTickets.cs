using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SkillMeat.Server.Access;

/// <summary>Codes that sign in once, within a minute. The browser gets one on its command line, which other users of the machine can read.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SignInTickets(TimeProvider time)
{
    private const int Bytes = 24;

    private static readonly TimeSpan _valid = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _tickets = new(StringComparer.Ordinal);

    public string Create()
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        _tickets[ticket] = time.GetTimestamp();
        return ticket;
    }

    /// <summary>Uses a ticket up. Returns false if there is none, or it is too old.</summary>
    public bool TryUse(string? ticket) => ticket is not null && _tickets.TryRemove(ticket, out var made) && time.GetElapsedTime(made) < _valid;
}
