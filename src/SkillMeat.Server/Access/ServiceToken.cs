using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Server.Access;

/// <summary>The secret that every request needs, unless it has the cookie of a session.</summary>
internal sealed class ServiceToken
{
    public const int Bytes = 32;

    private readonly byte[] _token;

    /// <param name="text">The token.</param>
    public ServiceToken(string text)
    {
        Text = text;
        _token = Encoding.ASCII.GetBytes(text);
    }

    /// <summary>The token. It must not be logged.</summary>
    public string Text { get; }

    /// <summary>Makes a new token.</summary>
    public static ServiceToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Whether a text is the token. Takes the same time for every text of the same length.</summary>
    public bool IsToken(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(_token, Encoding.UTF8.GetBytes(text));
}
