#Requires -Version 7.4
<#
.SYNOPSIS
    Refreshes collections, or checks them for updates, where nobody is there to answer.
.DESCRIPTION
    A runbook for Azure Automation, and a script for any other scheduler. It needs no profile, no user folder and no terminal, and it asks nothing.

    Each collection is worked on by itself: one that fails does not keep the others from being done. For each there is one object with the totals. What failed is an
    error of its own. When anything failed, the script ends with a terminating error after the last collection, so that the job counts as failed.

    A refresh that changed something names the snapshot from before, and the command that goes back to it.
.PARAMETER SkillMeatHome
    The home folder. Must be named here or in the environment variable SKILLMEAT_HOME.
.PARAMETER Collection
    The collections; wildcards. One text may hold several with commas between, because 'pwsh -File' passes no lists. ('?' stands for a comma in a name.)
.PARAMETER CheckOnly
    Only says what changed upstream. Changes nothing.
.PARAMETER Fields
    Only these fields; Get-SkmRefreshField lists them.
.PARAMETER TokenAsset
    The name of a credential asset of Azure Automation. Its password is the token for GitHub. Without it the token comes from the environment or from the home's
    config.toml, as for the cmdlets.
.PARAMETER MaxWaitSec
    How long to wait for a rate limit to be reset, in seconds.
.OUTPUTS
    An object for each collection: after a refresh with the numbers of artifacts by outcome and the way back, after a check with the numbers by change. Of a collection
    that could not be done at all only the number of errors is known.
.EXAMPLE
    ./Refresh-Collections.Runbook.ps1 -SkillMeatHome /srv/skillmeat
    Refreshes all collections.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Refresh-Collections.Runbook.ps1 -SkillMeatHome /srv/skillmeat -Collection default,team-* -CheckOnly
    Checks some collections. The exit code is 1 when anything failed.
.EXAMPLE
    Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName ops -Name Refresh-Collections -RunOn workers -Parameters @{ SkillMeatHome = '/srv/skillmeat'; TokenAsset = 'github' }
    Runs it in Azure Automation on a hybrid worker that has the module and the home.
.NOTES
    The disk of Azure's own sandbox is gone after the job, so the home has to be on a hybrid worker or on a share.
#>
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string] $SkillMeatHome = $env:SKILLMEAT_HOME,

    [SupportsWildcards()]
    [ValidateNotNullOrEmpty()]
    [string[]] $Collection = '*',

    [switch] $CheckOnly,

    [ValidateNotNullOrEmpty()]
    [string[]] $Fields,

    [ValidateNotNullOrEmpty()]
    [string] $TokenAsset,

    [ValidateRange(0, 86400)]
    [double] $MaxWaitSec = 60
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# Whatever it is outside: nobody is there.
$ConfirmPreference = 'None'
if ([Console]::IsOutputRedirected) {
    # A log is no terminal.
    $PSStyle.OutputRendering = 'PlainText'
}

function Get-GitHubToken {
    param([string] $TokenAsset)

    if (-not (Get-Command -Name Get-AutomationPSCredential -ErrorAction Ignore)) {
        throw "-TokenAsset needs Azure Automation: there is no Get-AutomationPSCredential here. Leave it out to use the token of the environment or of the home's config.toml."
    }

    $credential = Get-AutomationPSCredential -Name $TokenAsset
    if (-not $credential) {
        throw "There is no credential asset '$TokenAsset'."
    }

    $credential.Password
}

function ConvertTo-Summary {
    param([string] $Name, [datetimeoffset] $Started, [object] $Result, [int] $ErrorCount, [switch] $CheckOnly)

    # What a collection gave no result for is not 0 but unknown.
    $value = { param($property) if ($Result) { $Result.$property } }
    $summary = [ordered]@{ Collection = $Name; Started = $Started }
    if ($CheckOnly) {
        foreach ($change in 'UpToDate', 'Updated', 'Moved', 'Deleted', 'New', 'Unknown') {
            $summary[$change] = & $value "${change}Count"
        }
    }
    else {
        foreach ($status in 'Refreshed', 'Unchanged', 'Skipped') {
            $summary[$status] = & $value "${status}Count"
        }
    }

    $summary['Errors'] = $ErrorCount
    $summary['Seconds'] = if ($Result) { [math]::Round($Result.Duration.TotalSeconds, 1) }
    if (-not $CheckOnly) {
        $summary['SnapshotId'] = & $value 'SnapshotId'
        $summary['GoBackWith'] = if ($summary['SnapshotId']) {
            'Restore-SkmSnapshot -SkillMeatHome {0} -Collection {1} -Id {2}' -f (ConvertTo-Literal $SkillMeatHome), (ConvertTo-Literal $Name), $summary['SnapshotId']
        }
    }

    [pscustomobject]$summary
}

function ConvertTo-Literal {
    param([string] $Text)

    "'{0}'" -f [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text)
}

if ([string]::IsNullOrWhiteSpace($SkillMeatHome)) {
    throw 'The home must be named, with -SkillMeatHome or in the environment variable SKILLMEAT_HOME.'
}

# By its name only a module in a folder of PSModulePath is found, even where another is loaded already.
if (-not (Get-Module -Name SkillMeat)) {
    Import-Module -Name SkillMeat -ErrorAction Stop 4>$null
}

$SkillMeatHome = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SkillMeatHome)
$refresh = @{ SkillMeatHome = $SkillMeatHome; MaxWaitSec = $MaxWaitSec; Summary = $true }
if ($CheckOnly) {
    $refresh['CheckOnly'] = $true
}

if ($Fields) {
    $refresh['Fields'] = $Fields
}

if ($TokenAsset) {
    $refresh['Token'] = Get-GitHubToken -TokenAsset $TokenAsset
}

$wanted = @($Collection -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
if ($wanted.Count -eq 0) {
    throw '-Collection names no collection.'
}

$failed = @()
$names = @(Get-SkmCollection -SkillMeatHome $SkillMeatHome -Name $wanted -ErrorAction SilentlyContinue -ErrorVariable lookupErrors | ForEach-Object { $_.Name })
# A collection that can't be read is in the list, and fails below.
foreach ($missing in $lookupErrors | Where-Object TargetObject -Is [string]) {
    $failed += $missing.TargetObject
    Write-Error -ErrorRecord $missing -ErrorAction Continue
}

if ($names.Count -eq 0 -and $failed.Count -eq 0) {
    Write-Warning "The home $SkillMeatHome has no collection that fits $($wanted -join ', ')."
}

foreach ($name in $names) {
    Write-Verbose "$($CheckOnly ? 'Checking' : 'Refreshing') collection '$name'."
    $started = [datetimeoffset]::UtcNow
    $result = $null
    $problems = @()
    try {
        $result = Invoke-SkmCollectionRefresh @refresh -Collection $name -ErrorAction SilentlyContinue -ErrorVariable problems
        if (-not $result -and $problems.Count -eq 0) {
            throw "There is no result for collection '$name'."
        }
    }
    catch {
        $problems = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) + $_
    }

    foreach ($problem in $problems) {
        Write-Error -ErrorRecord $problem -ErrorAction Continue
    }

    if ($problems.Count -gt 0) {
        $failed += $name
    }

    ConvertTo-Summary -Name $name -Started $started -Result $result -ErrorCount $problems.Count -CheckOnly:$CheckOnly
}

if ($failed.Count -gt 0) {
    $message = "Not everything could be $($CheckOnly ? 'checked' : 'refreshed'). There were errors in: $($failed -join ', ')."
    throw $message
}
