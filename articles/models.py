"""The table of contents: imports every room's tables so that Django finds them. No room imports this module."""

from articles.audit.heads import AuditHead as AuditHead
from articles.audit.models import *
from articles.contacts.models import *
from articles.corrections.models import *
from articles.demo.models import *
from articles.editions.models import *
from articles.editions.shaped import Block as Block
from articles.editions.shaped import BlockReport as BlockReport
from articles.editions.shaped import ShapedPage as ShapedPage
from articles.errands.models import *
from articles.identity.models import *
from articles.images.models import *
from articles.inquiries.models import *
from articles.notices.models import *
from articles.people.models import *
from articles.people.sessions import StaffSession as StaffSession
from articles.reports.comments import *
from articles.reports.embargo_groups import EmbargoMember as EmbargoMember
from articles.reports.models import *
from articles.reports.presence import *
from articles.reports.preview_links import *
from articles.reports.review_claims import *
from articles.reports.saved_filters import SavedFilter as SavedFilter
from articles.reports.takedowns import *
from articles.safety.extra_reviews import *
from articles.safety.models import *
from articles.search.models import *
from articles.stamp.models import *
from articles.taxonomy.models import *
