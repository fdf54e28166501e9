using System.Buffers;
using System.Text;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>The command <c>ls-refs</c> of protocol version 2 (gitprotocol-v2).</summary>
internal static class LsRefs
{
    private const string SymrefAttribute = "symref-target:";
    private const string PeeledAttribute = "peeled:";

    /// <summary>Returns the request. Capabilities that the server has not announced are left out, because servers refuse unknown ones.</summary>
    public static ReadOnlyMemory<byte> Request(GitRefRequest wanted, GitCapabilities? capabilities)
    {
        var body = new ArrayBufferWriter<byte>();
        var lines = new PktLineWriter(body);
        lines.WriteText("command=ls-refs");
        if (capabilities is { ObjectFormat: true }) lines.WriteText($"object-format={GitAdvertisement.Sha1}");
        lines.WriteDelimiter();
        lines.WriteText("peel");
        lines.WriteText("symrefs");
        if (capabilities is { Unborn: true }) lines.WriteText("unborn");
        foreach (var prefix in wanted.Prefixes) lines.WriteText($"ref-prefix {prefix}");
        lines.WriteFlush();
        return body.WrittenMemory;
    }

    /// <summary>Reads the complete answer.</summary>
    /// <exception cref="GitProtocolException">The answer has another format.</exception>
    public static async Task<RefList> ReadAsync(PktLineReader lines, GitRefRequest wanted, int most, CancellationToken cancellationToken)
    {
        var refs = new RefList(wanted, most);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { Kind: not PktKind.Flush } line)
        {
            if (line.Kind != PktKind.Data) throw GitProtocolException.Garbled("a list of refs is divided into sections");
            Add(refs, line.Text);
        }

        return refs;
    }

    // <oid or "unborn"> SP <name> *(SP <attribute>)
    private static void Add(RefList refs, ReadOnlySpan<byte> line)
    {
        var words = Encoding.UTF8.GetString(line).Split(' ');
        GitOid? oid = GitOid.TryParse(words[0], out var parsed) ? parsed : null;
        if (words.Length < 2 || (oid is null && words[0] != "unborn")) throw GitProtocolException.Garbled($"'{GitProtocolException.Readable(line)}' is not a ref");
        GitOid? peeled = null;
        foreach (var attribute in words.AsSpan(2))
        {
            if (attribute.StartsWith(SymrefAttribute, StringComparison.Ordinal)) refs.Link(words[1], attribute[SymrefAttribute.Length..]);
            else if (attribute.StartsWith(PeeledAttribute, StringComparison.Ordinal)) peeled = Peeled(attribute);
        }

        if (oid is { } value) refs.Add(words[1], value, peeled);
        else refs.Count();
    }

    private static GitOid Peeled(string attribute) => GitOid.TryParse(attribute.AsSpan(PeeledAttribute.Length), out var oid)
        ? oid
        : throw GitProtocolException.Garbled("a peeled tag has no object id");
}
