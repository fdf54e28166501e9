using System.Text;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>
/// The answer to <c>info/refs</c>: the capabilities of the server and, in versions 0 and 1, its refs (gitprotocol-http, gitprotocol-pack).
/// </summary>
/// <param name="Capabilities">The capabilities of the server.</param>
/// <param name="Refs">The requested refs; null in version 2, in which they are requested separately.</param>
internal sealed record Discovery(GitCapabilities Capabilities, RefList? Refs)
{
    private const string ServiceLine = "# service=git-upload-pack";
    private const int LongestCapability = 4096;
    private const string VersionPrefix = "version ";

    private static readonly string[] MultiAcks = ["multi_ack_detailed", "multi_ack"];

    /// <summary>Reads the answer.</summary>
    /// <param name="lines">The lines of the answer.</param>
    /// <param name="wanted">The refs to keep.</param>
    /// <param name="limits">The limits of what a server may send.</param>
    /// <param name="isLast">Whether the ref with a given name is the last one needed. Null reads to the end.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="GitProtocolException">The answer has another format, or the repository does not use SHA-1.</exception>
    public static async Task<Discovery> ReadAsync(PktLineReader lines, GitRefRequest wanted, UpstreamLimits limits, Func<string, bool>? isLast, CancellationToken cancellationToken)
    {
        var line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (Is(line, ServiceLine))
        {
            line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (line.Kind == PktKind.Flush) line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Is(line, VersionPrefix + "2")) return new Discovery(await ReadVersion2Async(lines, limits.Capabilities, cancellationToken).ConfigureAwait(false), Refs: null);
        var version = 0;
        if (Is(line, VersionPrefix + "1"))
        {
            version = 1;
            line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        return await ReadRefsAsync(line, lines, version, wanted, limits.Refs, isLast, cancellationToken).ConfigureAwait(false);
    }

    private static bool Is(PktLine line, string text) => line.Kind == PktKind.Data && line.Text.SequenceEqual(Encoding.ASCII.GetBytes(text));

    private static async Task<GitCapabilities> ReadVersion2Async(PktLineReader lines, int most, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { Kind: PktKind.Data } line)
        {
            if (words.Count == most) throw GitProtocolException.TooLarge(FormattableString.Invariant($"{most} lines with capabilities"), "capabilities");
            // The longest line of an honest server has some hundred characters.
            if (line.Text.Length <= LongestCapability) words.Add(Encoding.UTF8.GetString(line.Text));
            else words.Add("");
        }

        RefuseOtherFormats(words);
        var fetch = ValuesOf(words, "fetch");
        return new GitCapabilities
        {
            ProtocolVersion = 2,
            Filter = fetch.Contains("filter"),
            Shallow = fetch.Contains("shallow"),
            ObjectFormat = words.Exists(IsObjectFormat),
            Unborn = ValuesOf(words, "ls-refs").Contains("unborn"),
        };
    }

    // The first line contains the capabilities after a NUL. An empty repository sends only that line, with a placeholder for a ref.
    private static async Task<Discovery> ReadRefsAsync(
        PktLine first, PktLineReader lines, int version, GitRefRequest wanted, int most, Func<string, bool>? isLast, CancellationToken cancellationToken)
    {
        var refs = new RefList(wanted, most);
        var capabilities = Array.Empty<string>();
        var isFirst = true;
        for (var line = first; line.Kind == PktKind.Data; line = await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var text = Encoding.UTF8.GetString(line.Text);
            if (isFirst && text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
            {
                capabilities = text[(nul + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                RefuseOtherFormats(capabilities);
                text = text[..nul];
            }

            isFirst = false;
            if (Add(refs, text) is { } name && isLast?.Invoke(name) == true) break;
        }

        foreach (var symref in capabilities.Where(c => c.StartsWith("symref=", StringComparison.Ordinal)))
        {
            if (symref["symref=".Length..].Split(':', 2) is [var name, var target]) refs.Link(name, target);
        }

        return new Discovery(Version0(capabilities, version), refs);
    }

    private static string? Add(RefList refs, string line)
    {
        if (line.StartsWith("shallow ", StringComparison.Ordinal))
        {
            refs.Count();
            return null;
        }

        if (line.Split(' ', 2) is not [var hex, var name] || !GitOid.TryParse(hex, out var oid))
            throw GitProtocolException.Garbled($"'{GitProtocolException.Readable(Encoding.UTF8.GetBytes(line))}' is not a ref");
        if (!oid.IsZero) refs.AddAdvertised(name, oid);
        return name;
    }

    private static GitCapabilities Version0(string[] words, int version) => new()
    {
        ProtocolVersion = version,
        Filter = words.Contains("filter"),
        Shallow = words.Contains("shallow"),
        ObjectFormat = Array.Exists(words, IsObjectFormat),
        SideBand = words.Contains("side-band-64k"),
        OffsetDelta = words.Contains("ofs-delta"),
        NoProgress = words.Contains("no-progress"),
        MultiAck = Array.Find(MultiAcks, words.Contains),
    };

    private static string[] ValuesOf(List<string> words, string key)
    {
        var word = words.Find(w => w.StartsWith(key + "=", StringComparison.Ordinal));
        return word is null ? [] : word[(key.Length + 1)..].Split(' ');
    }

    private static bool IsObjectFormat(string word) => word.StartsWith("object-format=", StringComparison.Ordinal);

    private static void RefuseOtherFormats(IReadOnlyList<string> words)
    {
        if (words.FirstOrDefault(IsObjectFormat) is not { } format || format == $"object-format={GitAdvertisement.Sha1}") return;
        throw new GitProtocolException(
            $"The repository's object ids are {format["object-format=".Length..].ToUpperInvariant()}; only repositories with SHA-1 ids can be read.",
            isTransient: false);
    }
}
