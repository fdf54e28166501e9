namespace SkillMeat.Upstream.Tokens;

/// <summary>A host's verdict on a credential.</summary>
internal enum CredentialVerdict
{
    /// <summary>Nothing yet.</summary>
    Untried,

    /// <summary>It opened something.</summary>
    Accepted,

    /// <summary>401, and it had opened nothing before.</summary>
    Refused,
}
