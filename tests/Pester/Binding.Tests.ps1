#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
# Every object that a cmdlet returns, piped into every cmdlet that takes objects. An object stands for the item that it names, in its own collection, and for nothing else.
BeforeDiscovery {
    # The item that each object names for each kind of cmdlet. An empty text means that it names none, which is an error.
    $objects = @(
        @{ Object = 'Artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second' }
        @{ Object = 'Update available'; Artifact = 'skill:meeting-notes'; Collection = 'second' }
        @{ Object = 'New artifact'; Artifact = 'skill:quick-sum'; Collection = 'second'; Spec = 'skill:quick-sum'; IsAbsent = $true }
        @{ Object = 'Found artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second' }
        @{ Object = 'Upstream artifact'; Artifact = 'skill:quick-sum'; Collection = 'second'; Spec = 'skill:quick-sum'; IsAbsent = $true }
        @{ Object = 'Marketplace' }
        @{ Object = 'Marketplace result' }
        @{ Object = 'Marketplace artifact'; Artifact = 'skill:quick-sum'; Collection = 'second'; Spec = 'skill:quick-sum'; IsAbsent = $true }
        @{ Object = 'Artifact problem'; Artifact = 'skill:odd'; IsAbsent = $true }
        @{ Object = 'Check summary'; Collection = 'second' }
        @{ Object = 'Refreshed artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Unchanged artifact'; Artifact = 'skill:pdf-tools'; Collection = 'second' }
        @{ Object = 'Refresh summary'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Added artifact'; Artifact = 'skill:copy'; Collection = 'second'; IsAbsent = $true; Spec = 'skill:copy' }
        @{ Object = 'Removed artifact'; Artifact = 'skill:pdf-tools'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Transferred artifact'; Artifact = 'skill:copy'; Collection = 'second'; IsAbsent = $true; HasSnapshot = $true }
        @{ Object = 'Renamed collection'; Collection = 'second' }
        @{ Object = 'Deleted collection'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Updated artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Artifact without update'; Artifact = 'skill:pdf-tools'; Collection = 'second' }
        @{ Object = 'Collection'; Collection = 'second'; IsCollection = $true }
        @{ Object = 'Collection of another process'; Collection = 'second'; IsCollection = $true }
        @{ Object = 'Collection from Select-Object'; Collection = 'second'; IsCollection = $true }
        @{ Object = 'Collection from a file'; Collection = 'second'; IsCollection = $true }
        @{ Object = 'Snapshot'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Snapshot check'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Snapshot export'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Restore result'; Collection = 'second'; HasSnapshot = $true }
        @{ Object = 'Artifact of another process'; Artifact = 'skill:meeting-notes'; Collection = 'second' }
        @{ Object = 'Row with name and type'; Artifact = 'skill:meeting-notes'; Collection = 'second' }
        @{ Object = 'Deployed artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasProject = $true }
        @{ Object = 'Adopted artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasProject = $true }
        @{ Object = 'Drift'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasProject = $true }
        @{ Object = 'Deployment'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasProject = $true }
        @{ Object = 'Stale artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasProject = $true }
        @{ Object = 'Synchronized artifact'; Artifact = 'skill:meeting-notes'; Collection = 'second'; HasProject = $true }
        @{ Object = 'Group'; Collection = 'second' }
        @{ Object = 'MCP server'; Collection = 'second' }
        @{ Object = 'Tag definition'; Collection = 'second' }
        @{ Object = 'Project export'; HasProject = $true }
        @{ Object = 'Comparison'; Artifact = 'skill:meeting-notes'; Collection = 'second' }
        @{ Object = 'Project'; HasProject = $true }
        @{ Object = 'Project of another process'; HasProject = $true }
        @{ Object = 'Project from a file'; HasProject = $true }
        @{ Object = 'Profile' }
        @{ Object = 'Repair finding' }
        @{ Object = 'Upstream finding' }
        @{ Object = 'Background refresh' }
        @{ Object = 'Refresh field'; CollectionId = 'CollectionNotFound' }
        @{ Object = 'Row with an empty id'; Collection = 'second'; IsEmptyRow = $true }
        @{ Object = 'Number' }
    )
    $readers = 'Get-SkmArtifact', 'Update-SkmArtifact', 'Remove-SkmArtifact'
    $snapshotCmdlets = 'Get-SkmSnapshot', 'Test-SkmSnapshot', 'Export-SkmSnapshot', 'Restore-SkmSnapshot', 'Remove-SkmSnapshot'
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat

    # A home with two collections. The objects come from the one that is not active, so that a cmdlet that loses the collection is found out.
    $script:template = Join-Path $TestDrive 'template'
    $script:home1 = Copy-SampleHome -Path $template
    Copy-Item -LiteralPath (Join-Path $home1 'collections/default') -Destination (Join-Path $home1 'collections/second') -Recurse
    $script:count = 0

    function Copy-Template {
        $path = Join-Path $TestDrive "pair-$(($script:count++))"
        Copy-Item -LiteralPath $template -Destination $path -Recurse
        Join-Path $path 'home'
    }

    $second = @{ Collection = 'second'; SkillMeatHome = $home1 }
    $script:snapshot = New-SkmSnapshot -Message template @second
    $elsewhere = Copy-Template
    $there = @{ Collection = 'second'; SkillMeatHome = $elsewhere }
    $checks = Invoke-SkmCollectionRefresh -CheckOnly @second
    $copy = Join-Path $TestDrive 'copy'
    Write-Text -Path (Join-Path $copy 'SKILL.md') -Text "---`nname: copy`ndescription: A skill to add.`n---`n"
    $odd = Join-Path $TestDrive 'skills/odd'
    Write-Text -Path (Join-Path $odd 'SKILL.md') -Text "---`nname: Odd`ndescription: A skill with a bad name.`n---`n"
    $script:project = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'project')).FullName
    $script:target = (New-Item -ItemType Directory -Path (Join-Path $TestDrive 'target')).FullName
    $script:made = @{
        'Artifact' = Get-SkmArtifact meeting-notes @second
        'Update available' = $checks | Where-Object ChangeType -EQ Updated
        'New artifact' = $checks | Where-Object ChangeType -EQ New
        'Found artifact' = Find-SkmArtifact name:meeting-notes @second
        'Upstream artifact' = Get-SkmUpstreamArtifact (Join-Path $template 'upstream') -Name quick-sum @second
        'Marketplace result' = Register-SkmMarketplace (Join-Path $template 'upstream') -Name shop -SkillMeatHome $elsewhere
        'Marketplace' = Get-SkmMarketplace -SkillMeatHome $elsewhere
        'Marketplace artifact' = Find-SkmMarketplaceArtifact quick-sum @there
        'Artifact problem' = Test-SkmArtifact $odd | Select-Object -First 1
        'Check summary' = Invoke-SkmCollectionRefresh -CheckOnly -Summary @second
        'Refreshed artifact' = Invoke-SkmCollectionRefresh meeting-notes -WhatIf @second
        'Unchanged artifact' = Invoke-SkmCollectionRefresh pdf-tools @second
        'Refresh summary' = Invoke-SkmCollectionRefresh -Summary -WhatIf @second
        'Added artifact' = Add-SkmArtifact $copy @there
        'Removed artifact' = Remove-SkmArtifact pdf-tools -Force -PassThru -Collection second -SkillMeatHome (Copy-Template)
        'Transferred artifact' = Copy-SkmArtifact meeting-notes -Destination second -NewName copy -PassThru -Collection default -SkillMeatHome (Copy-Template)
        'Renamed collection' = $(
            $renaming = Copy-Template
            Rename-SkmCollection second third -SkillMeatHome $renaming
            Rename-SkmCollection third second -PassThru -SkillMeatHome $renaming
        )
        'Deleted collection' = Remove-SkmCollection second -Force -PassThru -SkillMeatHome (Copy-Template)
        'Updated artifact' = Update-SkmArtifact meeting-notes @there
        'Artifact without update' = Update-SkmArtifact pdf-tools @there
        'Collection' = Get-SkmCollection second -SkillMeatHome $home1
        'Snapshot' = $snapshot
        'Snapshot check' = $snapshot | Test-SkmSnapshot -SkillMeatHome $home1
        'Snapshot export' = $snapshot | Export-SkmSnapshot -Path (Join-Path $TestDrive 'x.tar.gz') -SkillMeatHome $home1
        'Restore result' = $snapshot | Restore-SkmSnapshot -Force -SkillMeatHome $home1
        'Adopted artifact' = $(
            $null = New-Item -ItemType Directory -Path (Join-Path $project '.claude/skills')
            Copy-Item -LiteralPath (Join-Path $elsewhere 'collections/second/skills/meeting-notes') -Destination (Join-Path $project '.claude/skills') -Recurse
            Import-SkmArtifact $project -WhatIf @there 6>$null
            Remove-Item -LiteralPath (Join-Path $project '.claude') -Recurse -Force
        )
        'Deployed artifact' = Install-SkmArtifact meeting-notes -Project $project @there
        'Drift' = Get-SkmDrift $project -IncludeInSync -SkillMeatHome $elsewhere
        'Deployment' = Get-SkmDeployment $project -SkillMeatHome $elsewhere
        'Stale artifact' = $(
            $file = Join-Path $elsewhere 'collections/second/skills/meeting-notes/SKILL.md'
            $text = [System.IO.File]::ReadAllText($file)
            Add-Content -LiteralPath $file -Value 'more'
            Get-SkmStaleArtifact $project -SkillMeatHome $elsewhere
            [System.IO.File]::WriteAllText($file, $text)
        )
        'Replaced copy' = $(
            Add-Content -LiteralPath (Join-Path $project '.claude/skills/meeting-notes/SKILL.md') -Value 'mine'
            $null = Install-SkmArtifact meeting-notes -Project $project -Force @there
            Restore-SkmProject $project -SkillMeatHome $elsewhere
        )
        'Synchronized artifact' = Sync-SkmProject $project -SkillMeatHome $elsewhere
        'Project export' = Export-SkmProject $project -SkillMeatHome $elsewhere -WarningAction SilentlyContinue
        'Comparison' = Compare-SkmArtifact meeting-notes @second
        'Project' = Get-SkmProject $project -SkillMeatHome $home1
        'Profile' = Get-SkmProfile claude -SkillMeatHome $home1
        'Repair finding' = $(
            $null = [System.IO.Directory]::CreateDirectory((Join-Path $elsewhere 'collections/odd'))
            Write-Text -Path (Join-Path $elsewhere 'collections/second/collection.lock') -Text 'not [ toml'
            Repair-SkmHome -WhatIf -SkillMeatHome $elsewhere 3>$null | Select-Object -First 1
        )
        'Group' = New-SkmGroup meeting-notes -Collection second -SkillMeatHome (Copy-Template)
        'MCP server' = New-SkmMcpServer meeting-notes -Repo octo/notes -Collection second -SkillMeatHome (Copy-Template)
        'Tag definition' = New-SkmTagDefinition meeting-notes -Collection second -SkillMeatHome (Copy-Template)
        'Upstream finding' = Test-SkmUpstream -SkillMeatHome $home1 | Select-Object -First 1
        'Background refresh' = Get-SkmBackgroundRefresh -SkillMeatHome $home1
        'Refresh field' = Get-SkmRefreshField tags
        'Cache' = Get-SkmCache -SkillMeatHome $home1
        'Row with an empty id' = [pscustomobject]@{ Collection = 'second'; ArtifactId = ''; SnapshotId = '' }
        'Number' = 1
    }
    foreach ($kind in 'Artifact', 'Collection', 'Project') {
        $made["$kind of another process"] = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($made[$kind]))
    }

    $made['Collection from Select-Object'] = $made['Collection'] | Select-Object -Property *
    $made['Collection from a file'] = $made['Collection'] | ConvertTo-Csv | ConvertFrom-Csv
    $made['Project from a file'] = $made['Project'] | ConvertTo-Csv | ConvertFrom-Csv
    $made['Row with name and type'] = $made['Artifact'] | Select-Object -Property Name, Type, Collection | ConvertTo-Csv | ConvertFrom-Csv

    # The ids of snapshots differ from home to home; those of the template are valid in every copy.
    foreach ($kind in 'Refreshed artifact', 'Refresh summary', 'Removed artifact', 'Transferred artifact', 'Deleted collection', 'Updated artifact') {
        $made[$kind] = $made[$kind] | Select-Object -Property * -ExcludeProperty SnapshotId | Add-Member -NotePropertyName SnapshotId -NotePropertyValue $snapshot.SnapshotId -PassThru
    }

    function Invoke-Pair {
        <#
        .SYNOPSIS
            Pipes an object into a cmdlet, in a home of its own if the cmdlet changes something. Returns the output and the errors.
        #>
        param([string] $Object, [string] $Cmdlet, [hashtable] $Arguments = @{})

        $path = $Cmdlet -match '^(Get|Test)' -or $Arguments.CheckOnly ? $home1 : (Copy-Template)
        $problems = @()
        $output = $made[$Object] | & $Cmdlet @Arguments -SkillMeatHome $path -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        [pscustomobject]@{ Output = @($output); Errors = @($problems); Home = $path }
    }

    function Confirm-Refused {
        param([pscustomobject] $Pair, [string] $Object, [string] $Id = 'InvalidArgument')

        $Pair.Output.Count | Should -Be 0
        $Pair.Errors.Count | Should -Be 1
        ($Pair.Errors[0].FullyQualifiedErrorId -split ',')[0] | Should -Be $Id
        $Pair.Errors[0].TargetObject | Should -Not -BeNullOrEmpty
        Get-HomeState -Path (Join-Path $Pair.Home 'collections') | Should -Be $before
    }

    $script:before = Get-HomeState -Path (Join-Path $home1 'collections')
    $script:whole = 'agent:code-reviewer', 'command:changelog', 'skill:meeting-notes', 'skill:pdf-tools'
}

Describe 'The table of pairs' {
    It 'has every type that a cmdlet returns' {
        $returned = (Get-Command -Module SkillMeat).OutputType.Name | Sort-Object -Unique
        $there = $made.Values | ForEach-Object { $_.PSObject.TypeNames } | ForEach-Object { $_ -replace '^(Deserialized|Selected)\.' }
        # A server that runs names no item of a home. Start-SkmServer.Tests.ps1 pipes it.
        $returned | Where-Object { $_ -notin $there -and $_ -ne 'SkillMeat.Serving.RunningServer' } | Should -BeNullOrEmpty
    }

    It 'has every cmdlet that takes objects' {
        $taking = Get-Command -Module SkillMeat | Where-Object { $_.ParameterSets.Parameters | Where-Object { $_.ValueFromPipeline } }
        $taking.Name | Sort-Object | Should -Be (@(
                'Get-SkmArtifact', 'Update-SkmArtifact', 'Remove-SkmArtifact', 'Invoke-SkmCollectionRefresh', 'Add-SkmArtifact', 'Get-SkmCollection', 'Set-SkmCollection', 'New-SkmCollection'
                'Rename-SkmCollection', 'Remove-SkmCollection', 'Move-SkmArtifact', 'Copy-SkmArtifact'
                'Get-SkmSnapshot', 'Test-SkmSnapshot', 'Export-SkmSnapshot', 'Restore-SkmSnapshot', 'Remove-SkmSnapshot', 'New-SkmSnapshot', 'Get-SkmRefreshField'
                'Get-SkmUpstreamArtifact', 'Test-SkmArtifact', 'Register-SkmProject', 'Get-SkmProject', 'Unregister-SkmProject', 'Install-SkmArtifact', 'Uninstall-SkmArtifact', 'Get-SkmDrift', 'Sync-SkmProject', 'Compare-SkmArtifact', 'Install-SkmProject', 'Export-SkmProject', 'Restore-SkmProject', 'Import-SkmArtifact'
                'Find-SkmMarketplaceArtifact', 'Get-SkmMarketplace', 'Register-SkmMarketplace', 'Unregister-SkmMarketplace', 'Update-SkmMarketplace'
                'Add-SkmGroupMember', 'Remove-SkmGroupMember', 'Get-SkmGroup', 'Get-SkmMcpServer', 'Get-SkmTagDefinition', 'Set-SkmGroup', 'Set-SkmMcpServer', 'Set-SkmTagDefinition', 'Set-SkmArtifact', 'Remove-SkmGroup', 'Remove-SkmMcpServer', 'Remove-SkmTagDefinition'
                'Stop-SkmServer'
            ) | Sort-Object)
    }
}

Describe '<Object>' -ForEach $objects {
    It 'names an artifact or none for <_>' -ForEach $readers {
        $extra = $_ -eq 'Remove-SkmArtifact' ? @{ Force = $true; PassThru = $true } : @{}
        $pair = Invoke-Pair -Object $Object -Cmdlet $_ -Arguments $extra
        if ($IsCollection -and $_ -ne 'Remove-SkmArtifact') {
            $pair.Output.ArtifactId | Sort-Object | Should -Be $whole
            $pair.Output.Collection | Sort-Object -Unique | Should -Be $Collection
        }
        elseif ($Artifact -and -not $IsAbsent) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.ArtifactId | Should -Be $Artifact
            $pair.Output.Collection | Should -Be $Collection
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object -Id ($IsAbsent ? 'ArtifactNotFound' : 'InvalidArgument')
        }
    }

    It 'names an artifact or a whole collection for a check' {
        $pair = Invoke-Pair -Object $Object -Cmdlet Invoke-SkmCollectionRefresh -Arguments @{ CheckOnly = $true }
        if ($IsAbsent) {
            Confirm-Refused -Pair $pair -Object $Object -Id ArtifactNotFound
        }
        elseif ($Collection -and -not $IsEmptyRow) {
            $pair.Errors | Should -BeNullOrEmpty
            @($pair.Output | Where-Object ChangeType -NE New).ArtifactId | Sort-Object | Should -Be ($Artifact ? $Artifact : $whole)
            $pair.Output.Collection | Sort-Object -Unique | Should -Be $Collection
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'names an artifact to deploy or none' {
        $pair = Invoke-Pair -Object $Object -Cmdlet Install-SkmArtifact -Arguments @{ Project = $target; WhatIf = $true }
        if ($Artifact -and -not $IsAbsent) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.ArtifactId | Should -Be $Artifact
            $pair.Output.Project | Should -Be $target
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object -Id ($IsAbsent ? 'ArtifactNotFound' : 'InvalidArgument')
        }
    }

    It 'names a project or none for <_>' -ForEach 'Get-SkmProject', 'Get-SkmDrift', 'Register-SkmProject' {
        $pair = Invoke-Pair -Object $Object -Cmdlet $_ -Arguments ($_ -eq 'Get-SkmDrift' ? @{ IncludeInSync = $true } : @{})
        if ($HasProject) {
            $pair.Errors | Should -BeNullOrEmpty
            ($_ -eq 'Get-SkmDrift' ? $pair.Output.Project : $pair.Output.Path) | Should -Be $project
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'names a project to synchronize or none' {
        # This home has no such collection; the projects and artifacts are told all the same.
        $pair = Invoke-Pair -Object $Object -Cmdlet Sync-SkmProject -Arguments @{ WhatIf = $true }
        if ($HasProject) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.Project | Should -Be $project
            $pair.Output.ArtifactId | Should -Be 'skill:meeting-notes'
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'names a project to export or none' {
        $pair = Invoke-Pair -Object $Object -Cmdlet Export-SkmProject -Arguments @{ WhatIf = $true }
        if ($HasProject) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.Project | Should -Be $project
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'names an artifact to compare or none' {
        $pair = Invoke-Pair -Object $Object -Cmdlet Compare-SkmArtifact -Arguments @{ Between = 'Collection,Collection' }
        if ($Artifact -and -not $IsAbsent) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.ArtifactId | Should -Be $Artifact
            $pair.Output.Collection | Should -Be $Collection
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object -Id ($IsAbsent ? 'ArtifactNotFound' : 'InvalidArgument')
        }
    }

    It 'names a source or none' {
        $pair = Invoke-Pair -Object $Object -Cmdlet Add-SkmArtifact
        if ($Spec) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.ArtifactId | Should -Be $Spec
            $pair.Output.Collection | Should -Be $Collection
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'names a source to list or none' {
        $pair = Invoke-Pair -Object $Object -Cmdlet Get-SkmUpstreamArtifact
        if ($Spec) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.ArtifactId | Should -Be $Spec
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'names a collection or none for <_>' -ForEach 'Get-SkmCollection', 'Set-SkmCollection', 'New-SkmCollection' {
        $pair = Invoke-Pair -Object $Object -Cmdlet $_ -Arguments ($_ -eq 'Set-SkmCollection' ? @{ PassThru = $true } : @{})
        if ($CollectionId) {
            # A field has a name, which may be that of a collection.
            $cmdlet = $_
            if ($cmdlet -eq 'New-SkmCollection') { $pair.Output.Name | Should -Be 'tags' } else { Confirm-Refused -Pair $pair -Object $Object -Id $CollectionId }
        }
        elseif (-not $Collection) {
            Confirm-Refused -Pair $pair -Object $Object
        }
        elseif ($_ -eq 'New-SkmCollection') {
            Confirm-Refused -Pair $pair -Object $Object -Id CollectionExists
        }
        else {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.Name | Should -Be $Collection
        }
    }

    It 'names a snapshot or none for <_>' -ForEach $snapshotCmdlets {
        $cmdlet = $_
        $extra = @{}
        if ($cmdlet -match '^(Restore|Remove)') { $extra.Force = $true }
        if ($cmdlet -like 'Remove-*') { $extra.PassThru = $true }
        if ($cmdlet -like 'Export-*') { $extra.Path = Join-Path $TestDrive "export-$(($script:count++)).tar.gz" }
        $pair = Invoke-Pair -Object $Object -Cmdlet $cmdlet -Arguments $extra
        if ($IsAbsent -and $HasSnapshot -and $cmdlet -eq 'Restore-SkmSnapshot') {
            # The snapshot is from before the copy, and does not have it.
            Confirm-Refused -Pair $pair -Object $Object -Id 'ArtifactNotFound'
        }
        elseif ($HasSnapshot -or ($IsCollection -and $cmdlet -match '^(Get|Test)')) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.SnapshotId | Should -Be $snapshot.SnapshotId
            $pair.Output.Collection | Should -Be $Collection
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }

    It 'is a collection to take a snapshot of, or refused' {
        $pair = Invoke-Pair -Object $Object -Cmdlet New-SkmSnapshot
        if ($IsCollection) {
            $pair.Errors | Should -BeNullOrEmpty
            $pair.Output.Collection | Should -Be $Collection
        }
        else {
            Confirm-Refused -Pair $pair -Object $Object
        }
    }
}

Describe 'Piping into the same cmdlet' {
    It 'is the identity: <_>' -ForEach 'Get-SkmArtifact', 'Get-SkmSnapshot', 'Get-SkmCollection', 'Get-SkmRefreshField' {
        $given = $_ -eq 'Get-SkmRefreshField' ? @{} : @{ SkillMeatHome = $home1 }
        $collection = $_ -in 'Get-SkmArtifact', 'Get-SkmSnapshot' ? @{ Collection = '*' } : @{}
        $objects = @(& $_ @given @collection | Sort-Object -Property Name -Descending)
        $objects.Count | Should -BeGreaterThan 0
        $again = @($objects | & $_ @given)
        Compare-Object -ReferenceObject $objects -DifferenceObject $again -SyncWindow 0 | Should -BeNullOrEmpty
    }
}

Describe 'Texts' {
    BeforeEach {
        $script:fresh = Copy-Template
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $fresh }
    }

    AfterAll {
        $script:PSDefaultParameterValues = @{}
    }

    It 'name artifacts, with wildcards and types' {
        ('pdf-tools', 'MEET*', 'command:changelog' | Get-SkmArtifact).Name | Should -Be 'pdf-tools', 'meeting-notes', 'changelog'
        ('pdf-tools', 'meeting-notes' | Update-SkmArtifact).Status | Should -Be 'Updated', 'Unchanged'
        ('pdf-tools', 'nothing', 'code-reviewer' | Remove-SkmArtifact -Force -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'pdf-tools', 'code-reviewer'
        $problems[0].TargetObject | Should -Be 'nothing'
    }

    It 'come from files and from columns' {
        $list = Join-Path $TestDrive 'names.txt'
        Set-Content -LiteralPath $list -Value 'pdf-tools', 'changelog'
        (Get-Content -LiteralPath $list | Invoke-SkmCollectionRefresh -CheckOnly).Name | Sort-Object | Should -Be 'changelog', 'pdf-tools'
        ("Name`npdf-tools`nchangelog" | ConvertFrom-Csv | Get-SkmArtifact).Name | Should -Be 'pdf-tools', 'changelog'
        ("Name,Type`nchangelog,skill`nchangelog,command" | ConvertFrom-Csv | Get-SkmArtifact -ErrorAction SilentlyContinue).ArtifactId | Should -Be 'command:changelog'
    }

    It 'are known if one of several collections has them' {
        $null = New-SkmCollection -Name third
        ('pdf-tools' | Get-SkmArtifact -Collection default, third -ErrorVariable problems).Collection | Should -Be 'default'
        ('nothing' | Update-SkmArtifact -Collection * -ErrorVariable +problems -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
    }

    It 'name snapshots and collections' {
        (Get-SkmSnapshot -Collection second).SnapshotId | Get-SkmSnapshot -Collection second | ForEach-Object Message | Should -Be 'template'
        ('sec*', 'default' | Get-SkmCollection).Name | Should -Be 'second', 'default'
        ('default', 'second' | New-SkmSnapshot).Collection | Should -Be 'default', 'second'
    }
}

Describe 'Names and objects together' {
    It 'remove only what both name' {
        $path = Copy-Template
        (Get-SkmArtifact pdf-tools -Collection second -SkillMeatHome $path | Remove-SkmArtifact * -Force -PassThru -SkillMeatHome $path).ArtifactId | Should -Be 'skill:pdf-tools'
        (Get-SkmCollection second -SkillMeatHome $path | Remove-SkmArtifact code-* -Force -PassThru -SkillMeatHome $path).ArtifactId | Should -Be 'agent:code-reviewer'
        (Get-SkmArtifact -Collection default -SkillMeatHome $path).Count | Should -Be 4
    }

    It 'remove the one that was deleted upstream, and no other' {
        $path = Copy-Template
        Remove-Item -LiteralPath (Join-Path $path '../upstream/skills/pdf-tools') -Recurse
        (Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $path | Where-Object ChangeType -EQ Deleted | Get-SkmArtifact -SkillMeatHome $path | Remove-SkmArtifact -Force -PassThru -SkillMeatHome $path).Name |
            Should -Be 'pdf-tools'
        (Get-SkmArtifact -SkillMeatHome $path).Count | Should -Be 3
    }
}

Describe 'The result of a change that took no snapshot' {
    It 'says so when it is piped to a restore' {
        $pair = Invoke-Pair -Object 'Artifact without update' -Cmdlet Restore-SkmSnapshot -Arguments @{ Force = $true }
        "$($pair.Errors[0])" | Should -BeLike '*no snapshot*skill:pdf-tools*nothing was changed*'
    }
}

Describe 'An empty argument' {
    It 'is an error, and never everything: <_>' -ForEach @(
        'Remove-SkmArtifact -ArtifactId $null -Force', 'Remove-SkmArtifact -ArtifactId @($null) -Force', 'Update-SkmArtifact -ArtifactId @()', 'Get-SkmArtifact -ArtifactId $null'
        'Invoke-SkmCollectionRefresh -ArtifactId @()', 'Restore-SkmSnapshot -SnapshotId $null -Force', 'Remove-SkmSnapshot -SnapshotId @() -Force', 'Test-SkmSnapshot -SnapshotId $null'
        'Get-SkmCollection | Update-SkmArtifact -ArtifactId $null', 'Add-SkmArtifact -Spec @()'
    ) {
        $fresh = Copy-Template
        $PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $fresh }
        $before = Get-HomeState -Path $fresh -WithoutLocks
        (Get-Failure ([scriptblock]::Create($_))).CategoryInfo.Category | Should -BeIn 'InvalidArgument', 'InvalidData'
        Get-HomeState -Path $fresh -WithoutLocks | Should -Be $before
    }
}

Describe 'Names with brackets' {
    BeforeAll {
        $script:bracketed = Copy-Template
        foreach ($name in 'p[12]', 'p1', 'p2') {
            $folder = Join-Path $TestDrive "brackets/$name"
            Write-Text -Path (Join-Path $folder 'SKILL.md') -Text "---`nname: p`ndescription: A skill.`n---`n"
            $null = Add-SkmArtifact $folder -SkillMeatHome $bracketed
        }

        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $bracketed }
    }

    AfterAll {
        $script:PSDefaultParameterValues = @{}
    }

    It 'mean the artifact that has exactly that name' {
        $artifact = Get-SkmArtifact -ArtifactId 'skill:p[12]'
        ($artifact | Remove-SkmArtifact -WhatIf -PassThru).Name | Should -Be 'p[12]'
        ($artifact | Select-Object -Property Name, Type, Collection | Remove-SkmArtifact -WhatIf -PassThru).Name | Should -Be 'p[12]'
        ($artifact.ArtifactId | Remove-SkmArtifact -WhatIf -PassThru).Name | Should -Be 'p[12]'
        (Remove-SkmArtifact 'p[12]' -WhatIf -PassThru).Name | Should -Be 'p[12]'
        ('p[12]' | Get-SkmArtifact).Name | Should -Be 'p[12]'
        (Get-SkmArtifact 'p[1-2]').Name | Should -Be 'p1', 'p2'
    }

    It 'are completed' {
        (Get-Completion -Line "Remove-SkmArtifact -SkillMeatHome '$bracketed' p[").ListItemText | Should -Be 'p[12]'
        (Get-Completion -Line "Remove-SkmArtifact -SkillMeatHome '$bracketed' -ArtifactId skill:p1").ListItemText | Should -Be 'skill:p1'
    }
}

Describe 'Piping the result of a change to a restore' {
    It 'restores the artifacts of these results and no others, once' {
        $path = Copy-Template
        $given = @{ Collection = 'second'; SkillMeatHome = $path }
        $removed = Remove-SkmArtifact pdf-tools, changelog, meeting-notes -Force -PassThru @given
        $edited = Join-Path $path 'collections/second/agents/code-reviewer.md'
        Add-Content -LiteralPath $edited -Value 'keep me'
        $results = @($removed | Where-Object Name -NE meeting-notes | Restore-SkmSnapshot -Force -SkillMeatHome $path)
        $results.Count | Should -Be 1
        (Get-SkmArtifact @given).Name | Sort-Object | Should -Be 'changelog', 'code-reviewer', 'pdf-tools'
        Get-Content -LiteralPath $edited -Raw | Should -BeLike '*keep me*'
    }
}

Describe 'One of many objects' {
    BeforeEach {
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = (Copy-Template) }
    }

    AfterAll {
        $script:PSDefaultParameterValues = @{}
    }

    It 'that is no pattern does not keep the others from being processed' {
        ('pdf-tools', '[draft', 'changelog' | Remove-SkmArtifact -Force -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'pdf-tools', 'changelog'
        $problems[0].TargetObject | Should -Be '[draft'
        ('[a', 'default' | Get-SkmCollection -ErrorAction SilentlyContinue).Name | Should -Be 'default'
        (Get-SkmRefreshField '[a', 'tags' -ErrorAction SilentlyContinue).Name | Should -Be 'tags'
    }

    It 'may compute a parameter' {
        (1, 2 | New-SkmSnapshot -Collection { 'second' }).Collection | Should -Be 'second', 'second'
        ('pdf-tools' | Get-SkmArtifact -ArtifactId { "skill:$_" }).Name | Should -Be 'pdf-tools'
        ('copy' | Add-SkmArtifact -Spec { Join-Path $TestDrive $_ }).ArtifactId | Should -Be 'skill:copy'
    }

    It 'has an id in any case' {
        (Get-SkmArtifact -ArtifactId SKILL:PDF-Tools).Name | Should -Be 'pdf-tools'
        ([pscustomobject]@{ Name = 'PDF-Tools'; Type = 'Skill' } | Update-SkmArtifact -WhatIf).Name | Should -Be 'pdf-tools'
    }

    It 'does not replace the file of another' {
        $two = New-SkmSnapshot -Collection default, second
        $two | Export-SkmSnapshot -Path (Join-Path $TestDrive 'two.tar.gz') -Force -ErrorVariable problems -ErrorAction SilentlyContinue | ForEach-Object SnapshotId | Should -Be $two[0].SnapshotId
        $problems.Count | Should -Be 1
    }
}
