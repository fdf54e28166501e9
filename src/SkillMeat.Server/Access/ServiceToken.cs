using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Server.Access;

/// <summary>The secret that every request needs, and the value of the cookie that stands for it. The cookie is not the token: programs on other ports of this machine get it, too.</summary>
internal sealed class ServiceToken
{
    public const int Bytes = 32;

    private static readonly byte[] _cookieContext = "skm_session"u8.ToArray();

    private readonly byte[] _token;
    private readonly byte[] _cookie;

    /// <param name="text">The token.</param>
    public ServiceToken(string text)
    {
        Text = text;
        _token = Encoding.ASCII.GetBytes(text);
        Cookie = Base64Url.EncodeToString(HMACSHA256.HashData(_token, _cookieContext));
        _cookie = Encoding.ASCII.GetBytes(Cookie);
    }

    /// <summary>The token. It must not be logged.</summary>
    public string Text { get; }

    /// <summary>The value of the cookie.</summary>
    public string Cookie { get; }

    /// <summary>Makes a new token.</summary>
    public static ServiceToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Whether a text is the token. Takes the same time for every text of the same length.</summary>
    public bool IsToken(string? text) => IsSame(_token, text);

    public bool IsCookie(string? text) => IsSame(_cookie, text);

    private static bool IsSame(byte[] secret, string? text) => text is not null && CryptographicOperations.FixedTimeEquals(secret, Encoding.UTF8.GetBytes(text));
}
