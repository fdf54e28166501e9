namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Collects the requested refs from the lines of a server.</summary>
internal sealed class RefList(GitRefRequest wanted, int most)
{
    private const string HeadName = "HEAD";
    private const string BranchPrefix = "refs/heads/";
    private const string PeeledSuffix = "^{}";

    private readonly List<GitRef> _refs = [];
    private GitOid? _head;
    private string? _headBranch;
    private int _listed;

    public void Add(string name, GitOid oid, GitOid? peeled)
    {
        Count();
        if (name == HeadName) _head = peeled ?? oid;
        else if (wanted.Wants(name)) _refs.Add(new GitRef(name, oid, peeled));
    }

    /// <summary>Adds a line of version 0, in which the target of an annotated tag follows it like a separate ref.</summary>
    public void AddAdvertised(string name, GitOid oid)
    {
        if (!name.EndsWith(PeeledSuffix, StringComparison.Ordinal)) Add(name, oid, peeled: null);
        else if (_refs is [.., var last] && name.Length == last.Name.Length + PeeledSuffix.Length && name.StartsWith(last.Name, StringComparison.Ordinal))
            _refs[^1] = last with { Peeled = oid };
        else Count();
    }

    /// <summary>Records the target of a symbolic ref; only <c>HEAD</c> is of interest.</summary>
    public void Link(string name, string target)
    {
        if (name == HeadName && target.StartsWith(BranchPrefix, StringComparison.Ordinal)) _headBranch = target[BranchPrefix.Length..];
    }

    public GitAdvertisement ToAdvertisement(Uri repository, GitCapabilities? capabilities) => new()
    {
        Repository = repository,
        Head = _head,
        HeadBranch = _headBranch,
        Refs = _refs,
        Capabilities = capabilities,
    };

    /// <summary>Counts a line, whether its ref is wanted or not. The length of a line is limited, their number only by this.</summary>
    public void Count()
    {
        if (++_listed > most) throw GitProtocolException.TooLarge(FormattableString.Invariant($"{most} refs"), "refs");
    }
}
