using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Server.Access;

/// <summary>The sessions of browsers: random values of a cookie, which end after a while, and with the token. Only their hashes are kept, in a file, so that open pages survive a restart.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Sessions(ServiceFolder folder, ServiceToken token, string home, TimeProvider time)
{
    private const int Bytes = 32;
    private const int NameBytes = 6;
    private const int MostKept = 200;

    private static readonly TimeSpan _valid = TimeSpan.FromDays(30);

    private readonly object _gate = new();
    // The file is read anew for a session that is not known: another service of this home may have begun it.
    private Dictionary<string, DateTimeOffset> _ends = Parse(folder.ReadSessions());

    /// <summary>The name of the cookie. Browsers send the cookies of all services of a host to each of them, so that every home has a name of its own.</summary>
    public string CookieName { get; } = $"skm_session_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)).AsSpan(0, NameBytes))}";

    /// <summary>Begins a session, and returns the value of its cookie.</summary>
    public string Begin()
    {
        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var ends = Parse(folder.ReadSessions());
            foreach (var (hash, end) in _ends) ends[hash] = end;
            ends[HashOf(value)] = now + _valid;
            _ends = ends.Where(one => one.Value > now).OrderByDescending(one => one.Value).Take(MostKept).ToDictionary(StringComparer.Ordinal);
            folder.WriteSessions(string.Join('\n', _ends.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value.ToUnixTimeSeconds()}"))));
        }

        return value;
    }

    /// <summary>Returns whether a request has a cookie of ours, and whether it is that of a session. A browser can send several of the name.</summary>
    public (bool Any, bool Valid) Check(HttpRequest request)
    {
        var values = request.Headers.Cookie
            .SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Where(pair => pair.StartsWith($"{CookieName}=", StringComparison.Ordinal))
            .Select(pair => pair[(CookieName.Length + 1)..])
            .ToList();
        return (values.Count > 0, values.Exists(IsValid));
    }

    private bool IsValid(string value)
    {
        if (!Base64Url.IsValid(value, out var length) || length != Bytes) return false;
        var hash = HashOf(value);
        lock (_gate)
        {
            if (!_ends.ContainsKey(hash))
            {
                foreach (var (other, ends) in Parse(folder.ReadSessions())) _ends[other] = ends;
            }

            return _ends.TryGetValue(hash, out var end) && end > time.GetUtcNow();
        }
    }

    // With a new token, all hashes are others.
    private string HashOf(string value) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(token.Text), Encoding.ASCII.GetBytes(value)));

    private static Dictionary<string, DateTimeOffset> Parse(string text)
    {
        var read = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Split(' ') is [var hash, var end] && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
                read[hash] = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return read;
    }
}
