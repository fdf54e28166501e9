namespace SkillMeat.Upstream.Git.Wire;

/// <summary>A pkt-line. Its payload is in the reader's buffer and valid until the next line is read.</summary>
internal readonly record struct PktLine(PktKind Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The maximum length of a line, including the four digits of its length.</summary>
    public const int MaxLength = 65520;

    /// <summary>The number of digits of a line's length.</summary>
    public const int HeaderLength = 4;

    public const int MaxPayload = MaxLength - HeaderLength;

    /// <summary>The payload without the optional line feed of text lines.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            var payload = Payload.Span;
            return payload is [.., (byte)'\n'] ? payload[..^1] : payload;
        }
    }
}
