namespace SkillMeat.Upstream.Git.Wire;

/// <summary>One pkt-line. Its payload lies in the reader's buffer and is valid until the next line is read.</summary>
internal readonly record struct PktLine(PktKind Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The longest line, its four digits of length included.</summary>
    public const int MaxLength = 65520;

    /// <summary>The digits that say a line's length.</summary>
    public const int HeaderLength = 4;

    public const int MaxPayload = MaxLength - HeaderLength;

    /// <summary>The payload without the line feed that text lines may end with.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            var payload = Payload.Span;
            return payload is [.., (byte)'\n'] ? payload[..^1] : payload;
        }
    }
}
