using SkillMeat.Upstream.Git.Packs;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>The answer to a <see cref="FetchRequest"/>: lines that a client without history can ignore, then the pack.</summary>
internal static class FetchAnswer
{
    private const byte PackBand = 1;
    private const byte ProgressBand = 2;
    private const byte ErrorBand = 3;

    /// <summary>Copies the pack into the spool.</summary>
    /// <param name="lines">The lines of the answer.</param>
    /// <param name="capabilities">The capabilities of the server.</param>
    /// <param name="pack">The spool.</param>
    /// <param name="isWhole">Whether the history must not be cut off. Only servers of version 2 say so.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="GitProtocolException">The answer has another format, is truncated, or is an error.</exception>
    public static async Task CopyPackAsync(PktLineReader lines, GitCapabilities capabilities, PackSpool pack, bool isWhole, CancellationToken cancellationToken)
    {
        if (capabilities.ProtocolVersion == 2)
        {
            await SkipSectionsAsync(lines, isWhole, cancellationToken).ConfigureAwait(false);
            await CopySideBandAsync(lines, pack, cancellationToken).ConfigureAwait(false);
            return;
        }

        await SkipNegotiationAsync(lines, cancellationToken).ConfigureAwait(false);
        if (capabilities.SideBand) await CopySideBandAsync(lines, pack, cancellationToken).ConfigureAwait(false);
        else await CopyRawAsync(lines, pack, cancellationToken).ConfigureAwait(false);
    }

    // The sections acknowledgments, shallow-info, wanted-refs and packfile-uris end with a delimiter; packfile is the last one.
    private static async Task SkipSectionsAsync(PktLineReader lines, bool isWhole, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (line.Kind == PktKind.Data && line.Text.SequenceEqual("packfile"u8)) return;
            if (isWhole && line.Kind == PktKind.Data && line.Text.SequenceEqual("shallow-info"u8)) throw GitProtocolException.Unsupported("its history is cut off");
            while (line.Kind == PktKind.Data) line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (line.Kind != PktKind.Delimiter) throw GitProtocolException.Garbled("it contains no pack");
        }
    }

    // Limited history brings shallow and unshallow lines and a flush; then comes NAK, because there are no common commits. With multi_ack, further
    // lines may precede it.
    private static async Task SkipNegotiationAsync(PktLineReader lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (line.Kind == PktKind.Flush || line.Text.StartsWith("shallow "u8) || line.Text.StartsWith("unshallow "u8)) continue;
            if (line.Kind == PktKind.Data && (line.Text.SequenceEqual("NAK"u8) || IsLastAck(line.Text))) return;
            if (line.Text.StartsWith("ACK "u8)) continue;
            throw GitProtocolException.Garbled($"'{GitProtocolException.Readable(line.Text)}' was received instead of a pack");
        }
    }

    // Earlier acknowledgments have a word after the id: continue, common or ready.
    private static bool IsLastAck(ReadOnlySpan<byte> text) => text.StartsWith("ACK "u8) && text.Length == "ACK ".Length + GitOid.HexLength;

    private static async Task CopySideBandAsync(PktLineReader lines, PackSpool pack, CancellationToken cancellationToken)
    {
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { Kind: not PktKind.Flush } line)
        {
            switch (line)
            {
                case { Kind: PktKind.Data, Payload.Length: > 0 } when line.Payload.Span[0] == PackBand:
                    await pack.AppendAsync(line.Payload[1..], cancellationToken).ConfigureAwait(false);
                    break;
                case { Kind: PktKind.Data, Payload.Length: > 0 } when line.Payload.Span[0] == ErrorBand:
                    throw GitProtocolException.FromServer(line.Payload.Span[1..]);
                case { Kind: PktKind.Data, Payload.Length: > 0 } when line.Payload.Span[0] == ProgressBand:
                    break;
                default:
                    throw GitProtocolException.Garbled("a line of the pack belongs to no band");
            }
        }
    }

    private static async Task CopyRawAsync(PktLineReader lines, PackSpool pack, CancellationToken cancellationToken)
    {
        while (await lines.ReadRawAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } bytes)
        {
            await pack.AppendAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }
}
