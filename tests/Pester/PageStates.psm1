# What pages need around them: the repositories of their GitHub, and the states that the comments 'before' make. These run in the session of the page, after Set-Location ~.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Initialize-PageRepository {
    <#
    .SYNOPSIS
        Makes the repositories that the pages name, each with an old and a new commit, whose ids are the same in each run.
    #>
    param([Parameter(Mandatory)] [string] $Path)

    $pdf = Format-Skill -Name pdf -Description 'Fill in, split and merge PDF files.' -Body 'Use the forms of the document.'
    $docx = Format-Skill -Name docx -Description 'Read and write Word documents.' -Body 'Keep the styles of the document.'
    Add-Repository -Path "$Path/octo/skills" -Old @{ 'skills/pdf/SKILL.md' = $pdf; 'skills/docx/SKILL.md' = $docx } -New @{
        'skills/pdf/SKILL.md' = "${pdf}Check the result.`n"
    }
    Add-Repository -Path "$Path/owner/repo" -Tag v1.2.0 -NewTag v2.0.0 -Old @{ 'skills/pdf/SKILL.md' = $pdf } -New @{ 'skills/pdf/SKILL.md' = "${pdf}Check the result.`n" }
    $style = Format-Skill -Name sql-style -Description 'House style of SQL.' -Body 'Write keywords in upper case.'
    Add-Repository -Path "$Path/octo/team" -Old @{
        'skills/api-review/SKILL.md' = Format-Skill -Name api-review -Description 'Reviews an API.' -Body 'Read the names aloud.'
        'skills/sql-style/SKILL.md' = $style
        'commands/standup.md' = "---`ndescription: Collects the news for the standup.`n---`n`nAsk for yesterday, today and obstacles.`n"
    } -New @{
        'skills/api-review/SKILL.md' = Format-Skill -Name api-review -Description 'Reviews an API against the guidelines.' -Body 'Read the names aloud, then the guidelines.' -More "author: Platform Team`n"
        'skills/sql-style/SKILL.md' = $null
        'skills/sql-conventions/SKILL.md' = $style
    }
    Add-Repository -Path "$Path/other/team/skills" -Old @{ 'skills/deploy/SKILL.md' = Format-Skill -Name deploy -Description 'Deploys a service.' -Body 'Ask for the environment.' }
    [System.IO.File]::WriteAllText("$Path/other/facts.json", '{ "team/skills": { "private": true } }')
    $facts = @{
        'octo/skills' = @{ description = 'Skills for documents'; topics = @('documents'); license_spdx = 'MIT' }
        'owner/repo' = @{ description = 'Skills'; license_spdx = 'MIT' }
        'octo/team' = @{ description = 'Skills of the platform team'; topics = @('claude', 'platform'); license_spdx = 'MIT' }
    }
    [System.IO.File]::WriteAllText("$Path/facts.json", (ConvertTo-Json -InputObject $facts -Depth 4))
}

function Format-Skill {
    param([string] $Name, [string] $Description, [string] $Body, [string] $More = '')

    "---`nname: $Name`ndescription: $Description`n$More---`n`n# $Name`n`n$Body`n"
}

function Add-Repository {
    param([string] $Path, [hashtable] $Old, [hashtable] $New, [string] $Tag, [string] $NewTag)

    $null = [System.IO.Directory]::CreateDirectory($Path)
    Invoke-Git -Path $Path -Arguments 'init', '--quiet', '--initial-branch=main'
    Add-Commit -Path $Path -Files $Old -Name old -Tag $Tag -Date '2026-10-30T08:00:00Z'
    if ($New) {
        Add-Commit -Path $Path -Files $New -Name new -Tag $NewTag -Date '2026-11-20T08:00:00Z'
        Switch-Upstream -Path $Path -To old
    }
}

function Add-Commit {
    param([string] $Path, [hashtable] $Files, [string] $Name, [string] $Tag, [string] $Date)

    foreach ($file in $Files.Keys) {
        $full = Join-Path $Path $file
        if ($null -eq $Files[$file]) {
            [System.IO.File]::Delete($full)
        }
        else {
            $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($full))
            [System.IO.File]::WriteAllText($full, $Files[$file])
        }
    }

    Invoke-Git -Path $Path -Arguments 'add', '--all'
    $env:GIT_AUTHOR_DATE = $env:GIT_COMMITTER_DATE = $Date
    Invoke-Git -Path $Path -Arguments 'commit', '--quiet', '--message', 'A change'
    $env:GIT_AUTHOR_DATE = $env:GIT_COMMITTER_DATE = $null
    # Not a branch, which clients would see.
    Invoke-Git -Path $Path -Arguments 'update-ref', "refs/pages/$Name", 'HEAD'
    if ($Tag) {
        Invoke-Git -Path $Path -Arguments 'tag', $Tag
    }
}

function Invoke-Git {
    param([string] $Path, [string[]] $Arguments)

    & git -C $Path -c user.name=Octo -c user.email=octo@example.org -c commit.gpgsign=false -c core.autocrlf=false @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "'git $Arguments' ended with exit code $LASTEXITCODE."
    }
}

function Switch-Upstream {
    <#
    .SYNOPSIS
        Brings the default branch of a repository to its old or its new commit.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [ValidateSet('old', 'new')] [string] $To)

    Invoke-Git -Path $Path -Arguments 'update-ref', 'refs/heads/main', "refs/pages/$To"
}

function Switch-Repository {
    <#
    .SYNOPSIS
        Brings the default branch of a repository of the page's GitHub to its new commit.
    #>
    param([Parameter(Mandatory)] [string] $Name)

    Switch-Upstream -Path "$($PageStage.Server.Folder)/$Name" -To new
}

function Add-WorkCollection {
    <#
    .SYNOPSIS
        Adds a collection 'work': a skill with an update, a skill that moved and was edited, a command without changes, an agent whose repository does not exist.
    #>
    param()

    if (-not (Get-SkmCollection -Name work*)) {
        $null = New-SkmCollection -Name work
    }

    $null = Add-SkmArtifact octo/team/skills/api-review, octo/team/skills/sql-style, octo/team/commands/standup.md -Collection work
    $folder = (Get-SkmCollection -Name work).Folder
    Add-Content -LiteralPath "$folder/skills/sql-style/SKILL.md" -Value 'Name columns in lower case.'
    $null = [System.IO.Directory]::CreateDirectory("$folder/agents")
    [System.IO.File]::WriteAllText("$folder/agents/test-writer.md", "---`ndescription: Writes tests.`n---`n`nWrite a test.`n")
    Add-Content -LiteralPath "$folder/collection.toml" -Value @(
        '', '[[artifacts]]', 'name = "test-writer"', 'type = "agent"', 'path = "agents/test-writer.md"', 'origin = "github"', 'added = "2026-11-20T08:00:00"'
        'upstream = "octo/nowhere/agents/test-writer.md"', 'version_spec = "latest"'
    )
    Switch-Repository -Name octo/team
}

function Add-PrivateArtifact {
    <#
    .SYNOPSIS
        Adds an artifact in a repository of another host, scm.example.com, that wants a credential.
    #>
    param()

    Add-Content -LiteralPath (Join-Path (Get-SkmCollection -Active).Folder 'collection.toml') -Value @(
        '', '[[artifacts]]', 'name = "deploy"', 'type = "skill"', 'path = "skills/deploy"', 'origin = "github"', 'added = "2026-11-20T08:00:00"'
        "upstream = `"$($PageStage.Server.OtherUrl)/team/skills/-/tree/main/skills/deploy`""
    )
}

function Edit-Line {
    <#
    .SYNOPSIS
        Replaces a line of a file.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [int] $Line, [Parameter(Mandatory)] [string] $Text)

    $full = (Resolve-Path -Path $Path).ProviderPath
    $lines = [System.IO.File]::ReadAllLines($full)
    $lines[$Line - 1] = $Text
    [System.IO.File]::WriteAllText($full, ($lines -join "`n") + "`n")
}

Export-ModuleMember -Function 'Initialize-PageRepository', 'Switch-Upstream', 'Switch-Repository', 'Add-WorkCollection', 'Add-PrivateArtifact', 'Edit-Line'
